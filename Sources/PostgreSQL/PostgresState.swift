import Database

/// The SQLSTATE codes that this module names, and how codes become errors.
enum PostgresState {
    static let serializationFailure = "40001"
    static let deadlock = "40P01"
    static let uniqueViolation = "23505"
    /// A prepared statement whose columns have changed since.
    static let planIsOld = "0A000"
    static let noSuchStatement = "26000"
    /// libpq's own failures have no code; this is the standard's for a connection that broke.
    static let connectionFailure = "08006"
    /// The statement is not one, or has another number of values.
    static let misuse = "42601"

    /// The error for a statement that failed on a connection that is still there.
    static func error(_ failure: SQLFailure) -> DatabaseError {
        guard case .postgres(let state) = failure.code else { return .other(failure) }
        switch state {
        case serializationFailure, deadlock, "55P03", "57014", "53300": return .busy(failure)
        case "53100": return .diskFull(failure)
        case "42501", "25006": return .readOnly(failure)
        case "XX001", "XX002": return .corrupt(failure)
        // Text with NUL or a number too large for its column: SQLite would take both.
        case "22021", "22003", "22P05": return .unstorable(failure)
        case let state where state.hasPrefix("23"): return .constraint(failure)
        default: return .other(failure)
        }
    }
}
