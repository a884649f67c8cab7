/// People of one roster who look alike: a photograph of one, taken for a walk-by, would be named as the other.
public struct LookAlikes: Sendable, Equatable {
    /// Two of them, by index into the roster's people.
    public struct Pair: Sendable, Equatable, Hashable {
        /// The one who comes first.
        public let first: Int
        /// The other one.
        public let second: Int
        /// The highest score of one's photograph as the other, in nats.
        public let score: Float
    }

    /// By score, the most alike first.
    public let pairs: [Pair]
    private let partners: [Int: Set<Int>]

    /// Nobody.
    init() { (pairs, partners) = ([], [:]) }

    /// Compares every template with everybody else.
    init(in scorer: Scorer, threshold: Float) {
        var highest: [[Int]: Float] = [:]
        for (person, entry) in scorer.roster.people.enumerated() {
            for template in entry.templates {
                for other in scorer.candidates(for: scorer.probe(template))
                where other.person != person && other.score >= threshold {
                    let pair = [min(person, other.person), max(person, other.person)]
                    highest[pair] = max(highest[pair] ?? -.infinity, other.score)
                }
            }
        }
        pairs = highest.map { Pair(first: $0.key[0], second: $0.key[1], score: $0.value) }
            .sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }
        partners = pairs.reduce(into: [:]) { partners, pair in
            partners[pair.first, default: []].insert(pair.second)
            partners[pair.second, default: []].insert(pair.first)
        }
    }

    /// Who looks like this person.
    public func partners(of person: Int) -> Set<Int> { partners[person] ?? [] }
}
