import Faces

/// What a track has gathered for and against each person of one roster.
public struct Evidence: Sendable {
    private var distances: [Float] = []
    private var sums: [Float] = []
    private var nearest: [Int] = []
    private var descriptors: [Descriptor] = []

    /// Evidence without a shot.
    public init() {}

    /// Shots gathered.
    public var shots: Int { nearest.count }

    /// The mean of the shots' descriptors; nil without a shot.
    public var mean: Descriptor? { Descriptor.mean(of: descriptors) }

    /// Adds one shot.
    /// - Parameter matcher: the same for all shots of this evidence.
    public mutating func add(_ probe: Descriptor, matcher: Matcher) {
        matcher.match(probe, distances: &distances)
        if sums.isEmpty { sums = [Float](repeating: 0, count: distances.count) }
        var least = 0
        for index in distances.indices {
            sums[index] += distances[index]
            if distances[index] < distances[least] { least = index }
        }
        nearest.append(least)
        // The mean of the last shots is enough to notice that the person changed, and its memory is bounded.
        if descriptors.count == 16 { descriptors.removeFirst() }
        descriptors.append(probe)
    }

    /// The person with the least mean distance; nil without a shot or without a template to compare with.
    public var best: Candidate? {
        guard shots > 0 else { return nil }
        var person = -1
        var first = Float.infinity
        var second = Float.infinity
        for (index, sum) in sums.enumerated() {
            if sum < first {
                second = first
                first = sum
                person = index
            } else if sum < second {
                second = sum
            }
        }
        guard person >= 0 else { return nil }
        let count = Float(shots)
        return Candidate(person: person, distance: first / count, margin: (second - first) / count, shots: shots)
    }

    /// Shots whose nearest person is this one.
    func agreeing(with person: Int) -> Int { nearest.count { $0 == person } }
}
