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

extension AuditTrail {
    /// Looks at every digest, and whether the trail ends where its head says. Entries may be added meanwhile.
    func verify() throws(ServerError) -> AuditCheck {
        guard let head = try head(database) else { return AuditCheck(fault: .head) }
        var check = AuditCheck(
            newest: head.checkedFrom - 1, checkedFrom: head.checkedFrom, keyedFrom: head.keyedFrom, since: head.since)
        var digest: [UInt8] = []
        var searchedEnd: Int64?
        while true {
            let rows = try database.all(
                "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT 1000", [.integer(check.newest)])
            for row in rows {
                let (entry, json, stored) = try Self.entry(in: row)
                let right =
                    entry.number < head.keyedFrom
                    ? entry.unkeyedDigest(json, after: digest) : key.digest(of: entry, json, after: digest)
                guard entry.number == check.newest + 1, stored == right else {
                    check.fault = .entry(entry.number)
                    return check
                }
                (digest, check.newest, check.entries) = (stored, entry.number, check.entries + 1)
            }
            guard rows.isEmpty else { continue }
            // An entry comes with its head: the head that is read after the last entry is not older than that.
            guard let end = try self.head(database) else {
                check.fault = .head
                return check
            }
            if end.number > check.newest, searchedEnd != check.newest {
                // It may have come this moment.
                searchedEnd = check.newest
                continue
            }
            check.fault = Self.fault(at: check.newest, digest, end)
            return check
        }
    }

    /// What the head says of a trail that ends with this entry.
    private static func fault(at last: Int64, _ digest: [UInt8], _ head: AuditHead) -> AuditCheck.Fault? {
        if head.number > last { return .end(after: last, newest: head.number) }
        if head.number < last { return .entry(head.number + 1) }
        return head.digest == digest ? nil : .entry(last)
    }
}
