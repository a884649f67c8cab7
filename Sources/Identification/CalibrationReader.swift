/// Numbers from bytes, each checked to be there and finite.
struct CalibrationReader {
    let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    mutating func bytes(_ count: Int) throws(CalibrationError) -> UnsafeRawBufferPointer {
        guard bytes.count - at >= count else { throw .damaged }
        defer { at += count }
        return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count])
    }

    mutating func integer() throws(CalibrationError) -> UInt32 {
        UInt32(littleEndian: try bytes(4).loadUnaligned(as: UInt32.self))
    }

    mutating func floats(_ count: Int) throws(CalibrationError) -> [Float] {
        let from = try bytes(4 * count)
        return try finite(
            (0..<count).map {
                Float(bitPattern: UInt32(littleEndian: from.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            })
    }

    mutating func halves(_ count: Int) throws(CalibrationError) -> [Float] {
        let from = try bytes(2 * count)
        return try finite(
            (0..<count).map {
                let bits = UInt16(littleEndian: from.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self))
                return Float(Float16(bitPattern: bits))
            })
    }

    private func finite(_ values: [Float]) throws(CalibrationError) -> [Float] {
        guard values.allSatisfy(\.isFinite) else { throw .damaged }
        return values
    }
}
