import Attendance
import FoundationEssentials

/// One page of changes to the roster since a cursor.
public struct RosterDelta: WireMessage, Codable {
    /// Opaque; the next request sends it back.
    public var cursor: String
    /// True where the terminal has to forget its roster before it applies this page.
    public var reset: Bool
    /// People who are new or changed, each whole; at most `maximumPeople`.
    public var people: [RosterEntry]
    /// People who are to be deleted, with their templates; at most `maximumRemoved`.
    public var removed: [UUID]
    /// The attendance policy from now on.
    public var policy: AttendancePolicy
    /// The server's clock when it answered.
    public var serverTime: Instant
    /// True if another page follows at once.
    public var more: Bool

    /// People on one page.
    public static let maximumPeople = 50
    /// Deletions on one page.
    public static let maximumRemoved = 1000
    /// Bytes of a cursor.
    public static let maximumCursorBytes = 200
    /// What an error calls the message.
    public static let wireName = "roster delta"
    /// 50 people with all their templates have 560 KB.
    public static let maximumBytes = 1 << 20

    /// A page; `json` validates it.
    public init(
        cursor: String, reset: Bool, people: [RosterEntry], removed: [UUID], policy: AttendancePolicy,
        serverTime: Instant, more: Bool
    ) {
        self.cursor = cursor
        self.reset = reset
        self.people = people
        self.removed = removed
        self.policy = policy
        self.serverTime = serverTime
        self.more = more
    }

    /// True for a cursor that needs no escape in a URL: 1 to `maximumCursorBytes` of ASCII letters, digits, "-._~".
    public static func isCursor(_ text: String) -> Bool {
        1...maximumCursorBytes ~= text.utf8.count
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": true
                default: false
                }
            }
    }

    /// Throws `SyncProtocolError.invalid` for a bad cursor, too many people or a person who comes twice.
    public func validate() throws(SyncProtocolError) {
        try require(RosterDelta.isCursor(cursor), "cursor", "it is not 1 to 200 letters, digits or -._~")
        try require(people.count <= RosterDelta.maximumPeople, "people", "\(people.count) on one page")
        try require(removed.count <= RosterDelta.maximumRemoved, "removed", "\(removed.count) on one page")
        let twice = Check.firstTwice(people.map(\.id) + removed)
        try require(twice == nil, "people, removed", "the id \(twice?.uuidString ?? "") comes twice")
        for (index, person) in people.enumerated() {
            if let reason = person.defect {
                throw .invalid(message: RosterDelta.wireName, path: "people[\(index)]", reason: reason)
            }
        }
        try require(Instant.valid ~= serverTime, "server_time_ms", "\(serverTime.milliseconds) is out of range")
    }

    private enum CodingKeys: String, CodingKey {
        case cursor, reset, people, removed, policy, more
        case serverTime = "server_time_ms"
    }
}
