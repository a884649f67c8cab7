import Faces

/// Distances from a probe to every person of a roster. The templates lie one after another in one array, so that ten
/// thousand people are one pass over memory.
public struct Matcher: Sendable {
    private static let vectors = Descriptor.count / 8

    /// The roster it was made from; results are by index into its people.
    public let roster: Roster
    private let templates: [SIMD8<Float>]
    /// For each person, the first of their templates; one more entry than there are people.
    private let first: [Int]

    /// Copies the roster's templates.
    public init(roster: Roster) {
        self.roster = roster
        var templates: [SIMD8<Float>] = []
        var first = [0]
        for person in roster.people {
            for template in person.templates { templates.append(contentsOf: Self.pack(template)) }
            first.append(templates.count / Self.vectors)
        }
        self.templates = templates
        self.first = first
    }

    /// The distance from `probe` to the nearest template of each person; infinite for a person without one.
    /// - Parameter distances: resized to the number of people and overwritten.
    public func match(_ probe: Descriptor, distances: inout [Float]) {
        let count = roster.people.count
        if distances.count != count { distances = [Float](repeating: .infinity, count: count) }
        let probe = Self.pack(probe)
        templates.withUnsafeBufferPointer { templates in
            probe.withUnsafeBufferPointer { probe in
                for person in 0..<count {
                    var least = Float.infinity
                    for template in first[person]..<first[person + 1] {
                        var sum = SIMD8<Float>.zero
                        let base = template * Self.vectors
                        for index in 0..<Self.vectors {
                            let difference = templates[base + index] - probe[index]
                            sum += difference * difference
                        }
                        least = min(least, sum.sum())
                    }
                    distances[person] = least.squareRoot()
                }
            }
        }
    }

    private static func pack(_ descriptor: Descriptor) -> [SIMD8<Float>] {
        descriptor.values.withUnsafeBufferPointer { values in
            (0..<vectors).map { vector in
                var packed = SIMD8<Float>()
                for lane in 0..<8 { packed[lane] = values[vector * 8 + lane] }
                return packed
            }
        }
    }
}
