/// Two people of a roster who look alike, by index into its people: a photograph of one, taken for a walk-by, would be named
/// as the other.
public struct LookAlikePair: Sendable, Equatable {
    /// The one who comes first.
    public let first: Int
    /// The other one.
    public let second: Int
    /// The highest score of one's photograph as the other, in nats.
    public let score: Float
}

extension Identifier {
    /// Whether a photograph of one of them would be named as the other.
    func lookAlike(_ one: Int, _ other: Int) -> Bool {
        [(one, other), (other, one)].contains { shown, named in
            roster.people[shown].templates.contains {
                scorer.score(scorer.probe($0), person: named) >= point.threshold
            }
        }
    }
}

/// The search for all pairs of a roster, some people at a time: for ten thousand people it takes seconds.
public struct LookAlikeSearch: Sendable {
    private let identifier: Identifier
    private var next = 0
    private var highest: [[Int]: Float] = [:]

    /// A search that has not begun.
    public init(_ identifier: Identifier) { self.identifier = identifier }

    /// Whether everybody has been looked at.
    public var isOver: Bool { next >= identifier.roster.people.count }

    /// The pairs found so far, the most alike first.
    public var pairs: [LookAlikePair] {
        highest.map { LookAlikePair(first: $0.key[0], second: $0.key[1], score: $0.value) }
            .sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }
    }

    /// Compares the templates of the next people with everybody.
    public mutating func advance(people count: Int) {
        let scorer = identifier.scorer
        let end = min(next + count, identifier.roster.people.count)
        for person in next..<end {
            for template in identifier.roster.people[person].templates {
                for other in scorer.candidates(for: scorer.probe(template))
                where other.person != person && other.score >= identifier.point.threshold {
                    let pair = [min(person, other.person), max(person, other.person)]
                    highest[pair] = max(highest[pair] ?? -.infinity, other.score)
                }
            }
        }
        next = end
    }
}
