import Attendance
import Database

/// What looking at the whole audit trail has found.
public struct AuditCheck: Sendable, Equatable {
    /// How the trail is other than it was written.
    public enum Fault: Sendable, Equatable, CustomStringConvertible {
        /// This entry was changed, was not written by the server, or follows one that is missing.
        case entry(Int64)
        /// What was written after the first of these is missing, up to the second.
        case end(after: Int64, newest: Int64)
        /// The head is missing, or this key has not made it.
        case head

        /// What is wrong, in one line.
        public var description: String {
            switch self {
            case .entry(let number): "entry \(number) of the audit trail was changed, or the one before it is missing"
            case .end(let last, let newest): "the audit trail ends with entry \(last), but entry \(newest) was written"
            case .head:
                "the end of the audit trail is not as it was written, or [keys] template_key_file had another key then"
            }
        }
    }

    /// How many entries were looked at and are as they were written.
    public var entries: Int64 = 0
    /// The newest entry; 0 for none.
    public var newest: Int64 = 0
    /// Those before this number cannot be checked: the trail was begun anew with it.
    public var checkedFrom: Int64 = 1
    /// Those before this number are from a time without a key.
    public var keyedFrom: Int64 = 1
    /// Since when the trail has its key; nil where nobody can know.
    public var since: Instant?
    /// nil for a trail that is whole.
    public var fault: Fault?
}

/// How far somebody has looked at the audit trail.
struct AuditWalk: Sendable {
    fileprivate var check: AuditCheck
    /// Of the trail when the walk began; nil where it was not as it was written.
    fileprivate let head: AuditHead?
    fileprivate var digest: [UInt8] = []
    fileprivate var searchedEnd: Int64?
}

extension AuditTrail {
    /// Looks at every digest, and whether the trail ends where its head says. Entries may be added meanwhile.
    func verify() throws(ServerError) -> AuditCheck {
        var walk = try beginWalk()
        while true {
            if let check = try step(&walk) { return check }
        }
    }

    /// Begins to look at the whole trail, for those who let others work between the steps.
    func beginWalk() throws(ServerError) -> AuditWalk {
        guard let head = try head(database) else { return AuditWalk(check: AuditCheck(fault: .head), head: nil) }
        let check = AuditCheck(
            newest: head.checkedFrom - 1, checkedFrom: head.checkedFrom, keyedFrom: head.keyedFrom, since: head.since)
        return AuditWalk(check: check, head: head)
    }

    /// Looks at the next thousand entries.
    /// - Returns: what was found, once everything was looked at; nil before.
    func step(_ walk: inout AuditWalk) throws(ServerError) -> AuditCheck? {
        guard let head = walk.head else { return walk.check }
        let rows = try database.all(
            "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT 1000", [.integer(walk.check.newest)])
        for row in rows {
            let (entry, json, stored) = try Self.entry(in: row)
            let right =
                entry.number < head.keyedFrom
                ? entry.unkeyedDigest(json, after: walk.digest) : key.digest(of: entry, json, after: walk.digest)
            guard entry.number == walk.check.newest + 1, stored == right else {
                walk.check.fault = .entry(entry.number)
                return walk.check
            }
            (walk.digest, walk.check.newest, walk.check.entries) = (stored, entry.number, walk.check.entries + 1)
        }
        guard rows.isEmpty else { return nil }
        // An entry comes with its head: the head that is read after the last entry is not older than that.
        guard let end = try self.head(database) else {
            walk.check.fault = .head
            return walk.check
        }
        if end.number > walk.check.newest, walk.searchedEnd != walk.check.newest {
            // It may have come this moment.
            walk.searchedEnd = walk.check.newest
            return nil
        }
        walk.check.fault = Self.fault(at: walk.check.newest, walk.digest, end)
        return walk.check
    }

    /// What the head says of a trail that ends with this entry.
    private static func fault(at last: Int64, _ digest: [UInt8], _ head: AuditHead) -> AuditCheck.Fault? {
        if head.number > last { return .end(after: last, newest: head.number) }
        if head.number < last { return .entry(head.number + 1) }
        return head.digest == digest ? nil : .entry(last)
    }
}
