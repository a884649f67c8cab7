import Attendance
import FoundationEssentials

/// What stands for one person on one day.
public struct ReportedRecord: Sendable, Equatable {
    /// The person's id.
    public let person: UUID
    /// The person's name.
    public let name: String
    /// The class that decided.
    public let className: String
    /// The attendance day.
    public let session: SessionID
    /// As it is stored: present, late, absent, or what else the server decides.
    public let status: String
    /// Why it stands.
    public let cause: String
    /// When the person was seen; nil where nobody saw them.
    public let at: Instant?

    /// The status for people.
    var statusWord: String {
        let words = status.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The time of day in the school's time zone, as "08:31"; empty where nobody saw them.
    func time(in zone: TimeZoneRules) -> String {
        guard let at else { return "" }
        return String(zone.local(of: at.seconds).time.description.prefix(5))
    }
}

extension ReportedRecord {
    init(_ listed: ListedRecord) {
        self.init(
            person: listed.person, name: listed.name, className: listed.className, session: listed.session,
            status: listed.record.status.rawValue, cause: listed.record.cause.rawValue, at: listed.record.at)
    }
}

/// How often each status stands in some records.
struct StatusCounts: Sendable, Equatable {
    /// Statuses in the order of the best, then by name.
    let counts: [(status: String, count: Int)]

    init(_ records: some Sequence<ReportedRecord>) {
        let known = AttendanceStatus.allCases.map(\.rawValue)
        let counted = Dictionary(grouping: records, by: \.status).mapValues(\.count)
        let others = counted.keys.filter { !known.contains($0) }.sorted()
        counts = (known + others).compactMap { status in counted[status].map { (status, $0) } }
    }

    /// "21 present, 2 late, 1 absent".
    var words: String {
        counts.map { "\($0.count) \($0.status.replacing("_", with: " "))" }.joined(separator: ", ")
    }

    func count(_ status: String) -> Int { counts.first { $0.status == status }?.count ?? 0 }

    static func == (left: StatusCounts, right: StatusCounts) -> Bool { left.words == right.words }
}
