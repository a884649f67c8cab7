import Database

/// Why the stored roster could not be read or changed. Nothing of the failed call was stored.
public enum RosterStoreError: Error, Sendable, Equatable {
    /// The file system has no space for the change.
    case diskFull(file: String)
    /// Another process owns the file.
    case inUse(file: String)
    /// The changes begin at another cursor than the stored one: pull again with the stored one.
    case otherCursor
    /// The delta's policy cannot be written.
    case unstorable(reason: String)
    /// Anything else about the file.
    case unusable(DatabaseError)
}

extension RosterStoreError: WrapsDatabaseError {
    /// This error for a failure of the database.
    public init(_ error: DatabaseError) {
        switch error {
        case .diskFull(let failure): self = .diskFull(file: failure.file)
        case .inUse(let file): self = .inUse(file: file)
        default: self = .unusable(error)
        }
    }
}

extension RosterStoreError: CustomStringConvertible {
    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .diskFull(let file):
            "roster \(file): the disk is full, the change is not stored; free space on its file system: the change is"
                + " pulled again"
        case .inUse(let file):
            "roster \(file): in use by another process; stop that one, or ask the daemon with rollcallctl"
        case .otherCursor: "roster: the changes belong to another state of the roster; they are pulled again from there"
        case .unstorable(let reason): "roster: \(reason); report this as a defect with the terminal's version"
        case .unusable(let error): "roster \(error)"
        }
    }
}
