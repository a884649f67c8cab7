/// One row of a query's result.
public struct Row: Sendable, Equatable {
    /// The columns' names, in order.
    public let columns: [String]
    /// The values, in the columns' order.
    public let values: [SQLValue]

    /// A row out of names and values of the same count.
    public init(columns: [String], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of a column, nil when there is no such column.
    public subscript(column: String) -> SQLValue? {
        guard let index = columns.firstIndex(of: column), index < values.count else { return nil }
        return values[index]
    }

    /// The integer in a column; throws `.unexpectedValue` for anything else.
    public func integer(_ column: String) throws(DatabaseError) -> Int64 {
        guard case .integer(let value) = self[column] else { throw unexpected(column, "an integer") }
        return value
    }

    /// The number in a column, an integer included; throws `.unexpectedValue` for anything else.
    public func real(_ column: String) throws(DatabaseError) -> Double {
        switch self[column] {
        case .real(let value): return value
        case .integer(let value): return Double(value)
        default: throw unexpected(column, "a number")
        }
    }

    /// The text in a column; throws `.unexpectedValue` for anything else, also for text that is not UTF-8.
    public func text(_ column: String) throws(DatabaseError) -> String {
        guard case .text(let value) = self[column] else { throw unexpected(column, "text") }
        return value
    }

    /// The bytes in a column; throws `.unexpectedValue` for anything but a blob.
    public func blob(_ column: String) throws(DatabaseError) -> [UInt8] {
        guard case .blob(let value) = self[column] else { throw unexpected(column, "bytes") }
        return value
    }

    /// True when the column holds NULL or does not exist.
    public func isNull(_ column: String) -> Bool {
        switch self[column] {
        case .null, nil: true
        default: false
        }
    }

    /// The integer in a column, nil for NULL.
    public func optionalInteger(_ column: String) throws(DatabaseError) -> Int64? {
        isNull(column) ? nil : try integer(column)
    }

    /// The text in a column, nil for NULL.
    public func optionalText(_ column: String) throws(DatabaseError) -> String? {
        isNull(column) ? nil : try text(column)
    }

    private func unexpected(_ column: String, _ wanted: String) -> DatabaseError {
        let found =
            switch self[column] {
            case nil: "no such column"
            case .null: "NULL"
            case .integer: "an integer"
            case .real: "a real number"
            case .text: "text"
            case .blob: "bytes"
            }
        return .unexpectedValue(column: column, wanted: wanted, found: found)
    }
}
