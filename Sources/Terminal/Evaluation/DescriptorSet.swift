import Configuration
import Faces
import FoundationEssentials

/// Faces that were described before, and whose they are.
public struct DescriptorSet: Sendable, Equatable {
    /// One a face.
    public var descriptors: [Descriptor]
    /// The person of each face.
    public var identities: [Int32]

    /// Reads two files of equal length: 128 little-endian single-precision numbers a face, and one little-endian 32-bit
    /// number a face.
    public init(descriptors path: String, identities identitiesPath: String) throws(EvaluationError) {
        let bytes = try Self.read(path)
        let numbers = try Self.read(identitiesPath)
        guard bytes.count.isMultiple(of: Descriptor.byteCount), !bytes.isEmpty else {
            throw .badDescriptors(
                path: path, reason: "\(bytes.count) bytes are not a whole number of descriptors of 512 bytes")
        }
        let count = bytes.count / Descriptor.byteCount
        guard numbers.count == count * 4 else {
            throw .badDescriptors(
                path: identitiesPath, reason: "\(numbers.count) bytes do not say whose the \(count) descriptors are")
        }
        identities = numbers.withUnsafeBytes { raw in
            (0..<count).map { Int32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)) }
        }
        descriptors = []
        descriptors.reserveCapacity(count)
        for row in 0..<count {
            let values = bytes.withUnsafeBytes { raw in
                (0..<Descriptor.count).map { column in
                    let at = row * Descriptor.byteCount + column * 4
                    let bits = raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                    return Float(bitPattern: UInt32(littleEndian: bits))
                }
            }
            guard let descriptor = Descriptor(values: values) else {
                throw .badDescriptors(path: path, reason: "descriptor \(row) holds a number that is not finite")
            }
            descriptors.append(descriptor)
        }
    }

    private static func read(_ path: String) throws(EvaluationError) -> Data {
        guard NamedFile.problem(path) == nil, let bytes = FileManager.default.contents(atPath: path) else {
            throw .badDescriptors(path: path, reason: NamedFile.problem(path) ?? "it cannot be read")
        }
        return bytes
    }
}
