/// One value that goes into a statement as a parameter or comes out of it in a column.
public enum SQLValue: Sendable, Equatable {
    /// No value.
    case null
    /// A 64-bit integer.
    case integer(Int64)
    /// A double. SQLite stores NaN as NULL.
    case real(Double)
    /// Text. SQLite stores NUL in it; PostgreSQL refuses that with `.unstorable`.
    case text(String)
    /// Bytes. Stored text that is not UTF-8 comes out as its bytes, so that nothing is lost or changed on the way.
    case blob([UInt8])
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByFloatLiteral {
    /// An integer literal as a parameter.
    public init(integerLiteral value: Int64) { self = .integer(value) }

    /// A string literal as a parameter.
    public init(stringLiteral value: String) { self = .text(value) }

    /// A floating-point literal as a parameter.
    public init(floatLiteral value: Double) { self = .real(value) }
}

extension SQLValue {
    /// Text, or NULL for nil.
    public static func text(orNull value: String?) -> SQLValue { value.map { .text($0) } ?? .null }

    /// An integer, or NULL for nil.
    public static func integer(orNull value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }

    /// The value in words of an error, for settings; never for what users store.
    var words: String {
        switch self {
        case .null: "unknown"
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .text(let value): value
        case .blob(let value): "\(value.count) bytes"
        }
    }
}
