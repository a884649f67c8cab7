import Database

/// The values of one statement as libpq takes them: text of numbers, which the server reads as the type that it finds
/// there, and the very bytes of text and blobs, so that no NUL ends them.
struct ParameterBlock {
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    private static let asText: Int32 = 0
    private static let asBytes: Int32 = 1

    init(_ parameters: [SQLValue]) {
        for parameter in parameters {
            switch parameter {
            case .null: add(nil, Self.asText)
            case .integer(let value): add(Array("\(value)".utf8), Self.asText)
            case .real(let value): add(Array("\(value)".utf8), Self.asText)
            case .text(let value): add(Array(value.utf8), Self.asBytes)
            case .blob(let value): add(value, Self.asBytes)
            }
        }
    }

    private mutating func add(_ value: [UInt8]?, _ format: Int32) {
        offsets.append(value == nil ? nil : bytes.count)
        lengths.append(Int32(clamping: value?.count ?? 0))
        formats.append(format)
        bytes += value ?? []
        // What goes as text ends with NUL.
        bytes.append(0)
    }

    /// Calls the body with how many values there are, where they are, how long, and in which format.
    func withPointers<Result>(
        _ body: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { buffer in
            let pointers = offsets.map { offset in
                offset.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return body(Int32(clamping: offsets.count), pointers, lengths, formats)
        }
    }
}
