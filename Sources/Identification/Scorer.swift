import Faces

/// A person of the roster and how much speaks for them.
public struct Scored: Sendable, Equatable {
    /// Index into the roster's people.
    public var person: Int
    /// The log-likelihood ratio, in nats: the same person against somebody else.
    public var score: Float

    /// By score, the highest first, equal ones in the order of the roster.
    static func isBefore(_ left: Scored, _ right: Scored) -> Bool {
        (right.score, left.person) < (left.score, right.person)
    }
}

/// Compares shots with the people of one roster, by log-likelihood ratios.
///
/// Photographs from one camera have something in common, which makes all people in them look more alike; what the roster's
/// people have in common is taken from both sides (`RosterCentre`).
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
    private let centre: RosterCentre
    private let matcher: Matcher
    private let people: [EnrolledPerson?]

    /// Takes in the roster's templates. People whom `old` has with the same ones are taken over while the centre stays
    /// where it is.
    /// - Parameter old: of the same calibration.
    init(roster: Roster, calibration: Calibration, reusing old: Scorer? = nil) {
        self.roster = roster
        self.calibration = calibration
        let projection = old?.projection ?? Projection(calibration)
        self.projection = projection
        matcher = Matcher(roster: roster)
        let places = Dictionary(old?.roster.people.enumerated().map { ($1.id, $0) } ?? []) { first, _ in first }
        // Where `old` has each person with the same templates.
        let taken = roster.people.map { person in
            places[person.id].flatMap { old?.roster.people[$0].templates == person.templates ? $0 : nil }
        }
        let projected = zip(roster.people, taken).map { person, index in
            if let old, let index { return old.people[index]?.projected }
            return ProjectedPerson(person.templates, projection)
        }
        let width = calibration.dimensions
        let now = RosterCentre(of: projected.compactMap { $0?.mean(width: width) }, dimensions: width)
        let kept = old.flatMap { $0.centre.isNear(now) ? $0 : nil }
        let centre = kept?.centre ?? now
        self.centre = centre
        people = zip(projected, taken).map { person, index in
            if let kept, let index { return kept.people[index] }
            return person.map { EnrolledPerson($0, projection, centre: centre) }
        }
    }

    /// How many people have a template, by the classes of the calibration.
    var peopleByClass: [Int] {
        people.reduce(into: [Int](repeating: 0, count: calibration.classes.count)) { counts, person in
            if let person { counts[person.photographClass] += 1 }
        }
    }

    /// A shot, ready to be compared.
    public func probe(_ descriptor: Descriptor) -> Probe { Probe(descriptor, projection, centre: centre) }

    /// The people who may be on the shot, by score, the highest first.
    public func candidates(for probe: Probe) -> [Scored] {
        matcher.nearest(to: probe.descriptor, count: Self.shortlist)
            .map { Scored(person: $0.person, score: score(probe, person: $0.person)) }
            .sorted(by: Scored.isBefore)
    }

    /// The score of one person; minus infinity for one without a template.
    public func score(_ probe: Probe, person: Int) -> Float { people[person]?.score(probe) ?? -.infinity }

    /// How much higher scores are between this roster's people than between those of the calibration, in nats, on average
    /// over some thousands of pairs.
    var likeness: (mean: Double, pairs: Int) {
        let enrolled = people.indices.filter { people[$0] != nil }
        var sum = 0.0
        var pairs = 0
        for at in stride(from: 0, to: enrolled.count, by: max(1, enrolled.count / 200)) {
            let probe = probe(roster.people[enrolled[at]].templates[0])
            for step in 1..<max(1, min(enrolled.count, 11)) {
                guard let other = people[enrolled[(at + step) % enrolled.count]] else { continue }
                sum += Double(other.score(probe) - calibration.classes[other.photographClass].impostorMean)
                pairs += 1
            }
        }
        return (pairs == 0 ? 0 : sum / Double(pairs), pairs)
    }
}
