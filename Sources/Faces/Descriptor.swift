/// 128 numbers that describe a face: the output of dlib's ResNet, compared by Euclidean distance. Norm about 1.4.
public struct Descriptor: Sendable, Equatable {
    /// Numbers of a descriptor.
    public static let count = 128
    /// The bytes of one descriptor as it is stored and sent: 128 little-endian IEEE 754 single-precision numbers.
    public static let byteCount = count * 4
    /// The numbers, `count` of them, all finite.
    public let values: [Float]

    /// Takes exactly 128 finite numbers; nil for anything else.
    public init?(values: [Float]) {
        guard values.count == Self.count, values.allSatisfy(\.isFinite) else { return nil }
        self.values = values
    }

    /// Reads `byteCount` bytes as they are stored; nil for another length or a number that is not finite.
    public init?(littleEndianBytes bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        let values = stride(from: 0, to: bytes.count, by: 4).map { at in
            let bits = bytes[at..<at + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return Float(bitPattern: bits)
        }
        self.init(values: values)
    }

    /// The 512 bytes that `init(littleEndianBytes:)` reads.
    public var littleEndianBytes: [UInt8] {
        values.flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
    }

    /// The Euclidean distance to another descriptor; below about 0.6 for most pairs of one person's photographs.
    public func distance(to other: Descriptor) -> Float {
        var sum: Float = 0
        for index in 0..<Self.count {
            let difference = values[index] - other.values[index]
            sum += difference * difference
        }
        return sum.squareRoot()
    }

    /// The mean of several descriptors; nil when there is none.
    public static func mean(of descriptors: some Collection<Descriptor>) -> Descriptor? {
        guard !descriptors.isEmpty else { return nil }
        var sum = [Float](repeating: 0, count: count)
        for descriptor in descriptors {
            for index in 0..<count { sum[index] += descriptor.values[index] }
        }
        let scale = 1 / Float(descriptors.count)
        return Descriptor(values: sum.map { $0 * scale })
    }
}
