import Attendance
import Database

/// Why the outbox could not do what it was asked. Nothing of the failed call was stored.
public enum OutboxError: Error, Sendable, Equatable {
    /// The file system has no space for another mark.
    case diskFull(file: String)
    /// Another process owns the outbox.
    case inUse(file: String)
    /// Little room is left on the file system, and it is kept for marks.
    case keptForMarks(file: String)
    /// The mark, or the walk-by, has a value out of its range.
    case invalidMark(AttendanceError)
    /// `close` was called.
    case closed(file: String)
    /// Anything else about the file.
    case unusable(DatabaseError)
}

extension OutboxError: WrapsDatabaseError {
    /// This error for a failure of the database.
    public init(_ error: DatabaseError) {
        switch error {
        case .diskFull(let failure): self = .diskFull(file: failure.file)
        case .inUse(let file): self = .inUse(file: file)
        default: self = .unusable(error)
        }
    }
}

extension OutboxError: CustomStringConvertible {
    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .diskFull(let file):
            "outbox \(file): the disk is full, nothing more can be stored; free space on its file system (old logs,"
                + " *.damaged-* files): the outbox goes on by itself"
        case .inUse(let file):
            "outbox \(file): in use by another process; stop that one, or ask the daemon with rollcallctl"
        case .keptForMarks(let file):
            "outbox \(file): little room is left on its disk and kept for marks; free space on its file system: see df -h"
        case .invalidMark(let error): "outbox: \(error)"
        case .closed(let file): "outbox \(file): closed; the program is stopping"
        case .unusable(let error): "outbox \(error)"
        }
    }
}
