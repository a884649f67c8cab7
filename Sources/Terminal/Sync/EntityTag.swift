/// What a server calls one state of an answer (RFC 9110, section 8.8.3), fit to be sent back in a header.
struct EntityTag: Sendable, Equatable {
    /// With its quotes.
    let text: String

    /// The longest tag that is kept, in bytes.
    static let maximumBytes = 200

    /// nil for what is no tag: whoever sends it gets whole answers.
    init?(_ field: String) {
        let quoted = field.hasPrefix("W/") ? field.dropFirst(2) : field[...]
        let bytes = Array(quoted.utf8)
        guard (2...Self.maximumBytes).contains(bytes.count), bytes.first == UInt8(ascii: "\""),
            bytes.last == bytes.first,
            bytes.dropFirst().dropLast().allSatisfy({ $0 == 0x21 || (0x23...0x7E).contains($0) })
        else { return nil }
        text = field
    }
}
