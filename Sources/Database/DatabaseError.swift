/// Where and how SQLite failed.
public struct SQLFailure: Sendable, Equatable {
    /// The database file.
    public let file: String
    /// What was being done: the beginning of the SQL text, which never holds a value.
    public let operation: String
    /// SQLite's extended result code.
    public let code: Int32
    /// SQLite's own words.
    public let message: String

    /// A failure of one operation on one file.
    public init(file: String, operation: String, code: Int32, message: String) {
        self.file = file
        self.operation = operation
        self.code = code
        self.message = message
    }

    var text: String { "\(file): \(operation) failed: \(message) (SQLite \(code))" }
}

/// Everything that can go wrong in a database file, each with the operator's next step.
public enum DatabaseError: Error, Sendable, Equatable {
    /// No space is left for the file. Nothing of the operation was stored.
    case diskFull(SQLFailure)
    /// Another connection holds the lock for longer than the busy time-out. Nothing of the operation was stored.
    case busy(SQLFailure)
    /// Another process owns this file.
    case inUse(file: String)
    /// The file is damaged or is no database.
    case corrupt(SQLFailure)
    /// The file or its file system cannot be written.
    case readOnly(SQLFailure)
    /// The file cannot be opened or made.
    case cannotOpen(SQLFailure)
    /// A UNIQUE, NOT NULL, CHECK or foreign key constraint refused the operation.
    case constraint(SQLFailure)
    /// The file was written by a newer version of the program; it was not touched.
    case newerSchema(file: String, found: Int, known: Int)
    /// A setting on which durability rests did not take.
    case settingRefused(file: String, setting: String, wanted: String, found: String)
    /// A column holds another type than the code expects.
    case unexpectedValue(column: String, wanted: String, found: String)
    /// Any other failure.
    case other(SQLFailure)
}

extension DatabaseError: CustomStringConvertible {
    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .diskFull(let failure):
            "\(failure.text); free space on the file system of \(failure.file): work goes on by itself once there is some"
        case .busy(let failure):
            "\(failure.text); another program holds the file: wait for it to finish, then try again"
        case .inUse(let file):
            "\(file): in use by another process; ask the daemon with rollcallctl instead of opening its file"
        case .corrupt(let failure):
            "\(failure.text); the file is damaged: check the disk, and keep the file for salvage"
        case .readOnly(let failure):
            "\(failure.text); give the service's user write permission to the file and its folder, and check that the"
                + " file system is not mounted read-only"
        case .cannotOpen(let failure):
            "\(failure.text); check that the folder exists and that the service's user may write there"
        case .constraint(let failure):
            "\(failure.text); the new row contradicts a stored one: look at what is stored before trying again"
        case .newerSchema(let file, let found, let known):
            "\(file): written by a newer version (schema \(found), this program knows \(known)); nothing was changed:"
                + " install the newer version or move the file away"
        case .settingRefused(let file, let setting, let wanted, let found):
            "\(file): \(setting) is \(found) and must be \(wanted); put the file on a local file system with locks"
        case .unexpectedValue(let column, let wanted, let found):
            "column \(column) should hold \(wanted) and holds \(found); the row was changed by something else: restore it"
        case .other(let failure):
            "\(failure.text); check the disk and the system's log"
        }
    }

    /// True when the file is damaged or its schema is not the program's, so that a new file is the way on. (The program's
    /// own statements are right in its own schema: a logic error means another schema.)
    public var meansDamage: Bool {
        switch self {
        case .corrupt, .unexpectedValue: true
        case .other(let failure): failure.code == SQLiteCode.logicError
        default: false
        }
    }

    /// True when a UNIQUE or PRIMARY KEY constraint refused the operation.
    public var isUniqueViolation: Bool {
        guard case .constraint(let failure) = self else { return false }
        return failure.code == SQLiteCode.constraintUnique || failure.code == SQLiteCode.constraintPrimaryKey
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
