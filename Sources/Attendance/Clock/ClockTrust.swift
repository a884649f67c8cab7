/// How the time of a mark was known.
public enum ClockTrust: String, Sendable, Codable, CaseIterable, Comparable {
    /// Not known: the clock was never set in this boot. The time is a guess that a person has to confirm.
    case unknown
    /// From the central server's answers, less half of their round trip.
    case server
    /// From a wall clock that the kernel says is synchronised (NTP).
    case synchronised

    /// True for a time that may decide between Present, Late and Absent.
    public var isKnown: Bool { self != .unknown }

    /// The less trusted comes first.
    public static func < (left: ClockTrust, right: ClockTrust) -> Bool { left.rank < right.rank }

    private var rank: Int { ClockTrust.allCases.firstIndex(of: self) ?? 0 }
}
