/// One page of a SQLite file, read as the leaf of a table (SQLite's file format, sections 1.6 and 2.1). Whatever does not
/// fit together is left out; no byte is believed before it is checked.
struct LeafPage {
    private static let tableLeaf: UInt8 = 0x0d
    private static let headerSize = 8
    /// The first page begins with the header of the file.
    private static let fileHeaderSize = 100

    let bytes: [UInt8]
    let isFirst: Bool

    /// The rows that lie whole on the page.
    var rows: [SalvagedRow] {
        let start = isFirst ? Self.fileHeaderSize : 0
        guard bytes.count > start + Self.headerSize, bytes[start] == Self.tableLeaf else { return [] }
        let count = bigEndian(start + 3)
        return (0..<count).compactMap { index in
            let pointer = start + Self.headerSize + index * 2
            return pointer + 2 <= bytes.count ? row(at: bigEndian(pointer)) : nil
        }
    }

    private func bigEndian(_ position: Int) -> Int { Int(bytes[position]) << 8 | Int(bytes[position + 1]) }

    /// A cell: the payload's length, the row's number, the payload: its header's length, the types, the values.
    private func row(at start: Int) -> SalvagedRow? {
        var cell = Cursor(bytes: bytes, position: start)
        guard let length = cell.varint(), let number = cell.varint(), length >= 1, length <= bytes.count,
            cell.position + Int(length) <= bytes.count
        else { return nil }
        let end = cell.position + Int(length)
        var types = cell
        guard let headerLength = types.varint(), headerLength >= 1, headerLength <= length else { return nil }
        var body = Cursor(bytes: bytes, position: cell.position + Int(headerLength))
        let typesEnd = body.position
        var values: [SQLValue] = []
        while types.position < typesEnd {
            guard let type = types.varint(), let value = body.value(ofType: type), body.position <= end else {
                return nil
            }
            values.append(value)
        }
        guard types.position == typesEnd, body.position == end else { return nil }
        return SalvagedRow(number: number, values: values)
    }
}

/// Reads the parts of a record one after the other.
private struct Cursor {
    let bytes: [UInt8]
    var position: Int

    /// Seven bits a byte, the highest bit meaning that more follow; the ninth byte gives all its eight.
    mutating func varint() -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7f)
            if byte < 0x80 { break }
        }
        return Int64(bitPattern: value)
    }

    mutating func value(ofType type: Int64) -> SQLValue? {
        switch type {
        case 0: return .null
        case 1...4: return integer(size: Int(type)).map { .integer($0) }
        case 5: return integer(size: 6).map { .integer($0) }
        case 6: return integer(size: 8).map { .integer($0) }
        case 7: return integer(size: 8).map { .real(Double(bitPattern: UInt64(bitPattern: $0))) }
        case 8: return .integer(0)
        case 9: return .integer(1)
        case 12...Int64(2 * bytes.count + 13):
            guard let content = take(Int(type - 12) / 2) else { return nil }
            guard type % 2 == 1 else { return .blob(Array(content)) }
            return String(validating: content, as: UTF8.self).map { .text($0) } ?? .blob(Array(content))
        default: return nil
        }
    }

    private mutating func integer(size: Int) -> Int64? {
        guard let content = take(size), let first = content.first else { return nil }
        let sign: Int64 = first & 0x80 == 0 ? 0 : -1
        return content.reduce(sign) { $0 << 8 | Int64($1) }
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= bytes.count - position else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
