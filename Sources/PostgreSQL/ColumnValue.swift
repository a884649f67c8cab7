import Database

/// One column of a row in PostgreSQL's binary format, and the value it means.
struct ColumnValue {
    /// The column's type, by its number in the catalogue `pg_type`.
    let type: UInt32
    let bytes: UnsafeRawBufferPointer

    /// nil for a type that the program's tables do not have.
    var value: SQLValue? {
        switch type {
        case 20: integer(Int64.self).map { .integer($0) }
        case 21: integer(Int16.self).map { .integer(Int64($0)) }
        case 23: integer(Int32.self).map { .integer(Int64($0)) }
        case 26: integer(UInt32.self).map { .integer(Int64($0)) }
        case 16: bytes.first.map { .integer($0 == 0 ? 0 : 1) }
        case 700: integer(UInt32.self).map { .real(Double(Float(bitPattern: $0))) }
        case 701: integer(UInt64.self).map { .real(Double(bitPattern: $0)) }
        case 1700: numeric
        case 17: .blob(Array(bytes))
        // char, name, unknown, bpchar, varchar and text.
        case 18, 19, 25, 705, 1042, 1043: .text(String(decoding: bytes, as: UTF8.self))
        // void, which functions give that answer nothing.
        case 2278: .null
        default: nil
        }
    }

    private func integer<Integer: FixedWidthInteger>(_ type: Integer.Type, at offset: Int = 0) -> Integer? {
        guard offset >= 0, bytes.count >= offset + MemoryLayout<Integer>.size else { return nil }
        return Integer(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }

    /// A `numeric`, which sums are: digits to the base of 10,000, the first of them worth 10,000 to the power of `weight`.
    private var numeric: SQLValue? {
        guard let count = integer(Int16.self).map(Int.init), let weight = integer(Int16.self, at: 2).map(Int.init),
            let sign = integer(UInt16.self, at: 4), bytes.count == 8 + 2 * count
        else { return nil }
        switch sign {
        case 0xC000: return .real(.nan)
        case 0xD000: return .real(.infinity)
        case 0xF000: return .real(-.infinity)
        default: break
        }
        let digits = (0..<count).map { Int64(integer(UInt16.self, at: 8 + 2 * $0) ?? 0) }
        let isNegative = sign == 0x4000
        if let whole = Self.whole(digits, weight, isNegative) { return .integer(whole) }
        let text = digits.map { String(String($0 + 10_000).dropFirst()) }.joined()
        let size = Double("\(text)e\(4 * (weight - count + 1))") ?? .nan
        return .real(isNegative ? -size : size)
    }

    /// The number as an integer; nil where it has a fraction or is too large.
    private static func whole(_ digits: [Int64], _ weight: Int, _ isNegative: Bool) -> Int64? {
        guard digits.dropFirst(max(0, weight + 1)).allSatisfy({ $0 == 0 }), weight < 5 else { return nil }
        var result: Int64 = 0
        for index in 0..<max(0, weight + 1) {
            let digit = index < digits.count ? digits[index] : 0
            let (product, isTooLarge) = result.multipliedReportingOverflow(by: 10_000)
            let (sum, overflows) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !isTooLarge, !overflows else { return nil }
            result = sum
        }
        return result
    }
}
