/// Where and how a database failed.
public struct SQLFailure: Sendable, Equatable {
    /// The database file, or the address of the database without its password.
    public let file: String
    /// What was being done: the beginning of the SQL text, which never holds a value.
    public let operation: String
    /// The database's own code.
    public let code: Code
    /// The database's own words.
    public let message: String

    /// What a database calls a failure.
    public enum Code: Sendable, Equatable, CustomStringConvertible {
        /// SQLite's extended result code.
        case sqlite(Int32)
        /// PostgreSQL's SQLSTATE, five characters.
        case postgres(String)

        /// The database and its code.
        public var description: String {
            switch self {
            case .sqlite(let code): "SQLite \(code)"
            case .postgres(let state): "PostgreSQL \(state)"
            }
        }
    }

    /// A failure of one operation on one database.
    public init(file: String, operation: String, code: Code, message: String) {
        self.file = file
        self.operation = operation
        self.code = code
        self.message = message
    }

    /// A failure of a statement, of which the beginning is kept.
    public init(file: String, sql: String, code: Code, message: String) {
        let words = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.init(file: file, operation: String(words.prefix(60)), code: code, message: message)
    }

    var text: String { "\(file): \(operation) failed: \(message) (\(code))" }

    /// True where a server is asked, and no file opened.
    var isOfServer: Bool { if case .postgres = code { true } else { false } }
}

/// Everything that can go wrong in a database, each with the operator's next step.
public enum DatabaseError: Error, Sendable, Equatable {
    /// No space is left for the data. Nothing of the operation was stored.
    case diskFull(SQLFailure)
    /// Others hold a lock, or are in the way, for longer than the time-out or more often than it is tried. Nothing of the
    /// operation was stored.
    case busy(SQLFailure)
    /// Another process owns this file.
    case inUse(file: String)
    /// The file is damaged or is no database.
    case corrupt(SQLFailure)
    /// The file or its file system cannot be written, or the server does not let this user write.
    case readOnly(SQLFailure)
    /// The file cannot be opened or made, or the server cannot be reached or refuses this user.
    case cannotOpen(SQLFailure)
    /// The connection to the server broke. Whether the operation was stored is not known, unless it only read.
    case connectionLost(SQLFailure)
    /// A UNIQUE, NOT NULL, CHECK or foreign key constraint refused the operation.
    case constraint(SQLFailure)
    /// The database was written by a newer version of the program; it was not touched.
    case newerSchema(file: String, found: Int, known: Int)
    /// A value that this database cannot hold: text with NUL, or a number that is too large for its column.
    case unstorable(SQLFailure)
    /// A setting on which durability rests did not take.
    case settingRefused(file: String, setting: String, wanted: String, found: String)
    /// A column holds another type than the code expects.
    case unexpectedValue(column: String, wanted: String, found: String)
    /// Any other failure.
    case other(SQLFailure)
}

extension DatabaseError {
    /// True when the file is damaged or its schema is not the program's, so that a new file is the way on. (The program's
    /// own statements are right in its own schema: a logic error means another schema.)
    public var meansDamage: Bool {
        switch self {
        case .corrupt, .unexpectedValue: true
        case .other(let failure): failure.code == .sqlite(SQLiteCode.logicError)
        default: false
        }
    }

    /// True when a UNIQUE or PRIMARY KEY constraint refused the operation.
    public var isUniqueViolation: Bool {
        guard case .constraint(let failure) = self else { return false }
        switch failure.code {
        case .sqlite(let code): return [SQLiteCode.constraintUnique, SQLiteCode.constraintPrimaryKey].contains(code)
        case .postgres(let state): return state == "23505"
        }
    }
}

/// An error type into which a `DatabaseError` fits, so that a transaction's body can throw its own errors.
public protocol WrapsDatabaseError: Error {
    /// This error for a failure of the database.
    init(_ error: DatabaseError)
}

extension DatabaseError: WrapsDatabaseError {
    /// The error itself.
    public init(_ error: DatabaseError) { self = error }
}
