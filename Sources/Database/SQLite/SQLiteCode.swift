import CSQLite
import Glibc

/// SQLite's result codes that this module names, and how codes become errors.
enum SQLiteCode {
    static let logicError: Int32 = SQLITE_ERROR
    static let constraintUnique: Int32 = SQLITE_CONSTRAINT | (8 << 8)
    static let constraintPrimaryKey: Int32 = SQLITE_CONSTRAINT | (6 << 8)
    private static let readFailed: Int32 = SQLITE_IOERR | (1 << 8)
    private static let damagedPage: Int32 = SQLITE_IOERR | (32 << 8)
    private static let damagedFileSystem: Int32 = SQLITE_IOERR | (33 << 8)

    /// The error for an extended result code. A page that the disk cannot give back counts as damage: the remedy is the
    /// same. `systemError` is the `errno` behind it, 0 when there is none.
    static func error(_ failure: SQLFailure, systemError: Int32, aloneWithFile: Bool) -> DatabaseError {
        guard case .sqlite(let code) = failure.code else { return .other(failure) }
        switch code {
        case readFailed, damagedPage, damagedFileSystem: return .corrupt(failure)
        default: break
        }
        switch code & 0xff {
        case SQLITE_FULL: return .diskFull(failure)
        case SQLITE_IOERR where systemError == ENOSPC || systemError == EDQUOT: return .diskFull(failure)
        case SQLITE_BUSY, SQLITE_LOCKED: return aloneWithFile ? .inUse(file: failure.file) : .busy(failure)
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(failure)
        case SQLITE_READONLY, SQLITE_PERM: return .readOnly(failure)
        case SQLITE_CANTOPEN where systemError == ENOSPC: return .diskFull(failure)
        case SQLITE_CANTOPEN where systemError == EROFS: return .readOnly(failure)
        case SQLITE_CANTOPEN: return .cannotOpen(failure)
        case SQLITE_CONSTRAINT: return .constraint(failure)
        default: return .other(failure)
        }
    }

    /// The error for a failed system call on a file.
    static func system(file: String, operation: String, code: Int32) -> DatabaseError {
        let failure = SQLFailure(
            file: file, operation: operation, code: .sqlite(SQLITE_CANTOPEN), message: systemMessage(code))
        return error(failure, systemError: code, aloneWithFile: false)
    }

    /// The system's words for an `errno`.
    static func systemMessage(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
