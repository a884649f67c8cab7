import Attendance
import Database
import FoundationEssentials

/// The columns that the server's tables share, read as what they mean.
extension Row {
    func uuid(_ column: String) throws(DatabaseError) -> UUID {
        guard let id = UUID(uuidString: try text(column)) else {
            throw .unexpectedValue(column: column, wanted: "a UUID", found: "other text")
        }
        return id
    }

    func instant(_ column: String) throws(DatabaseError) -> Instant {
        Instant(milliseconds: try integer(column))
    }

    func optionalInstant(_ column: String) throws(DatabaseError) -> Instant? {
        try optionalInteger(column).map { Instant(milliseconds: $0) }
    }

    func session(_ column: String) throws(DatabaseError) -> SessionID {
        do {
            return SessionID(date: try LocalDate(try text(column)))
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw .unexpectedValue(column: column, wanted: "a date", found: "other text")
        }
    }

    /// A value of an enumeration that is stored by its raw value.
    func choice<Value: RawRepresentable<String>>(
        _ column: String, of type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        guard let value = Value(rawValue: try text(column)) else {
            throw .unexpectedValue(column: column, wanted: "a \(type)", found: "other text")
        }
        return value
    }
}

extension SQLValue {
    /// An id as it is stored and sent: in lower case.
    static func id(_ id: UUID) -> SQLValue { .text(id.lowercased) }

    static func instant(_ instant: Instant) -> SQLValue { .integer(instant.milliseconds) }
}

extension SQLSession {
    /// `execute` with the server's error.
    @discardableResult
    func run(_ sql: String, _ parameters: [SQLValue] = []) throws(ServerError) -> Int {
        do { return try execute(sql, parameters) } catch { throw .storage(error) }
    }

    /// `query` with the server's error.
    func all(_ sql: String, _ parameters: [SQLValue] = []) throws(ServerError) -> [Row] {
        do { return try query(sql, parameters) } catch { throw .storage(error) }
    }

    /// `queryFirst` with the server's error.
    func first(_ sql: String, _ parameters: [SQLValue] = []) throws(ServerError) -> Row? {
        do { return try queryFirst(sql, parameters) } catch { throw .storage(error) }
    }
}

extension UUID {
    /// The text form of RFC 9562, in lower case.
    var lowercased: String { uuidString.lowercased() }
}
