import Attendance
import SyncProtocol

/// What the pages of a roster add up to. Pure.
struct RosterPull {
    /// Pages of one roster at most: 50,000 people. More is a server that never ends.
    static let maximumPages = 1000

    /// Pages since the roster was last complete.
    private var pages = 0
    /// The stored roster differs from the one that was announced last.
    private var isUnannounced = false
    /// The policy of the last page; nil before the first.
    private var policy: AttendancePolicy?
    /// The tag of the last answer that said that nothing has changed, and the cursor that it was asked with.
    private var unchanged: (tag: EntityTag, cursor: String)?

    /// Refuses a page that leads nowhere.
    func check(_ delta: RosterDelta, after cursor: String?) throws(SyncError) {
        guard !delta.more || delta.cursor != cursor else {
            throw .badReply("a roster page promises more, but its cursor stays where it was")
        }
        guard pages < Self.maximumPages else { throw .badReply("the roster has more than \(Self.maximumPages) pages") }
    }

    /// True for the usual reply, which says that nothing has changed: it is not stored, to spare the disk a write.
    func isEmpty(_ delta: RosterDelta, after cursor: String?) -> Bool {
        !delta.reset && !delta.more && delta.cursor == cursor && delta.people.isEmpty && delta.removed.isEmpty
            && delta.policy == policy
    }

    /// The tag to ask with: of the answer to the very same question, after which there was nothing to store.
    func tag(after cursor: String?) -> EntityTag? {
        guard let unchanged, unchanged.cursor == cursor else { return nil }
        return unchanged.tag
    }

    /// Takes note of the tag of a page that was taken.
    mutating func remember(_ tag: EntityTag?, of delta: RosterDelta, after cursor: String?) {
        unchanged = nil
        if let tag, let cursor, isEmpty(delta, after: cursor) { unchanged = (tag, cursor) }
    }

    /// Takes note of a page and of what it changed. True when the roster is complete and not the one announced last.
    mutating func take(_ delta: RosterDelta, change: RosterChange) -> Bool {
        isUnannounced = isUnannounced || change.isNews
        policy = delta.policy
        pages += 1
        guard !delta.more else { return false }
        pages = 0
        defer { isUnannounced = false }
        return isUnannounced
    }
}
