import Faces

/// What a track has gathered for and against each person of one roster.
///
/// Only the people nearest to a shot are searched for. Whoever is not among them is at least as far as the last of them,
/// and that is enough to know the two least mean distances of all (Fagin, Lotem & Naor, Optimal aggregation algorithms
/// for middleware, J. Comput. Syst. Sci. 66, 2003); where it is not, the search goes deeper.
public struct Evidence: Sendable {
    /// Who is near one shot.
    private struct Shot {
        let probe: Descriptor
        let nearest: [Neighbour]
        /// Nobody who is not in `nearest` is nearer.
        let radius: Float

        init(_ probe: Descriptor, depth: Int, matcher: Matcher) {
            self.probe = probe
            nearest = matcher.nearest(to: probe, count: depth)
            radius = nearest.count < depth ? .infinity : nearest.last?.distance ?? .infinity
        }

        func distance(to person: Int, matcher: Matcher) -> Float {
            nearest.first { $0.person == person }?.distance ?? matcher.distance(from: probe, to: person)
        }
    }

    /// People listed for each shot; second best by mean distance is hardly ever beyond.
    private static let depth = 4
    /// Shots that are kept: a quarter of a minute of somebody who stands there undecided.
    private static let most = 64
    /// Shots whose mean is enough to notice that the person changed.
    private static let recent = 16

    private var kept: [Shot] = []
    /// The person with the least mean distance; nil without a shot or without a template to compare with.
    public private(set) var best: Candidate?

    /// Evidence without a shot.
    public init() {}

    /// Shots gathered, of which the last 64 count.
    public var shots: Int { kept.count }

    /// The mean of the last shots' descriptors; nil without a shot.
    public var mean: Descriptor? { Descriptor.mean(of: kept.suffix(Self.recent).map(\.probe)) }

    /// Adds one shot.
    /// - Parameter matcher: the same for all shots of this evidence.
    public mutating func add(_ probe: Descriptor, matcher: Matcher) {
        if kept.count == Self.most { kept.removeFirst() }
        kept.append(Shot(probe, depth: Self.depth, matcher: matcher))
        best = rank(kept, matcher)
    }

    /// Shots whose nearest person is this one.
    func agreeing(with person: Int) -> Int { kept.count { $0.nearest.first?.person == person } }

    private func rank(_ shots: [Shot], _ matcher: Matcher) -> Candidate? {
        let two = Self.twoLeast(of: Set(shots.flatMap { $0.nearest.map(\.person) })) { person in
            shots.reduce(0) { $0 + $1.distance(to: person, matcher: matcher) }
        }
        if two.second > shots.reduce(0, { $0 + $1.radius }) { return rankDeeper(shots, matcher) }
        return candidate(two)
    }

    /// Lists as long as they can be, then everybody.
    private func rankDeeper(_ shots: [Shot], _ matcher: Matcher) -> Candidate? {
        if shots.allSatisfy({ $0.nearest.count <= Self.depth }) {
            return rank(shots.map { Shot($0.probe, depth: Matcher.mostNearest, matcher: matcher) }, matcher)
        }
        return candidate(
            Self.twoLeast(of: matcher.roster.people.indices) { person in
                shots.reduce(0) { $0 + matcher.distance(from: $1.probe, to: person) }
            })
    }

    private func candidate(_ two: (person: Int, first: Float, second: Float)) -> Candidate? {
        guard two.person >= 0 else { return nil }
        let count = Float(shots)
        return Candidate(
            person: two.person, distance: two.first / count, margin: (two.second - two.first) / count, shots: shots)
    }

    /// The person with the least sum, of equal ones the first of the roster, and the second least sum; -1 for nobody.
    private static func twoLeast(
        of people: some Collection<Int>, sum: (Int) -> Float
    ) -> (person: Int, first: Float, second: Float) {
        var least = (person: -1, first: Float.infinity, second: Float.infinity)
        for person in people {
            let sum = sum(person)
            if sum < least.first || (sum == least.first && sum < .infinity && person < least.person) {
                least = (person, sum, least.first)
            } else if sum < least.second {
                least.second = sum
            }
        }
        return least
    }
}
