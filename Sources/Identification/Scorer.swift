import Faces

/// A person of the roster and how much speaks for them.
public struct Scored: Sendable, Equatable {
    /// Index into the roster's people.
    public var person: Int
    /// The log-likelihood ratio, in nats: the same person against somebody else.
    public var score: Float
}

/// Compares shots with the people of one roster, by log-likelihood ratios.
///
/// Only the people whose templates are nearest by distance are scored: among a thousand people, in 11,000 searches, whoever
/// had the highest score was one of the sixteen nearest in all that could be named, and in 99.7 % of the others.
public struct Scorer: Sendable {
    /// People who are scored for a shot.
    static let shortlist = 16

    /// The roster it was made from; results are by index into its people.
    public let roster: Roster
    /// What scores and thresholds follow from.
    public let calibration: Calibration
    private let projection: Projection
    private let matcher: Matcher
    private let people: [EnrolledPerson?]

    /// Takes in the roster's templates; those of people whom `old` has with the same ones are taken over.
    init(roster: Roster, calibration: Calibration, reusing old: Scorer? = nil) {
        self.roster = roster
        self.calibration = calibration
        let projection = old?.projection ?? Projection(calibration)
        self.projection = projection
        matcher = Matcher(roster: roster)
        let before = old?.roster.people.enumerated().map { ($1.id, $0) } ?? []
        let known = Dictionary(before) { first, _ in first }
        people = roster.people.map { person in
            if let old, let index = known[person.id], old.roster.people[index].templates == person.templates {
                return old.people[index]
            }
            return EnrolledPerson(person.templates, projection)
        }
    }

    /// How many people have a template, by the classes of the calibration.
    var peopleByClass: [Int] {
        people.reduce(into: [Int](repeating: 0, count: calibration.classes.count)) { counts, person in
            if let person { counts[person.photographClass] += 1 }
        }
    }

    /// A shot, ready to be compared.
    public func probe(_ descriptor: Descriptor) -> Probe { Probe(descriptor, projection) }

    /// The people who may be on the shot, by score, the highest first.
    public func candidates(for probe: Probe) -> [Scored] {
        matcher.nearest(to: probe.descriptor, count: Self.shortlist)
            .map { Scored(person: $0.person, score: score(probe, person: $0.person)) }
            .sorted { ($1.score, $0.person) < ($0.score, $1.person) }
    }

    /// The score of one person; minus infinity for one without a template.
    public func score(_ probe: Probe, person: Int) -> Float { people[person]?.score(probe) ?? -.infinity }
}
