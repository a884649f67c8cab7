import Attendance
import SyncProtocol

/// The roster as it lies on the terminal's disk, its templates opened.
public struct StoredRoster: Sendable, Equatable {
    /// Everybody who may be recognised, by id. While a new roster is being pulled page by page, people of the old one are
    /// still among them.
    public var people: [RosterEntry]
    /// The policy that came with the last delta; nil before the first one.
    public var policy: AttendancePolicy?
    /// What the next pull sends to the server; nil asks for everything.
    public var cursor: String?
}

/// What a delta did to the stored roster.
public struct RosterChange: Sendable, Equatable {
    /// People stored or changed.
    public var stored = 0
    /// People deleted, with their templates.
    public var deleted = 0
    /// The policy differs from the one before.
    public var isNewPolicy = false

    /// True when the pipeline has to load the roster again.
    public var isNews: Bool { stored > 0 || deleted > 0 || isNewPolicy }
}

/// A stored roster that could not be read. The terminal begins with an empty one and pulls everything again.
public struct RosterDamage: Sendable, Equatable, CustomStringConvertible {
    /// Where the unreadable file was put. It is deleted when the roster is complete again.
    public let path: String
    /// What was wrong.
    public let reason: String

    /// What happened and the next step, in one line.
    public var description: String {
        "the stored roster could not be read (\(reason)) and was set aside as \(path); it is pulled again from the server:"
            + " check the storage medium and the key of the templates"
    }
}
