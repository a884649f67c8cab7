/// A day of the week. "monday" in JSON.
public enum Weekday: String, Sendable, Codable, CaseIterable, Comparable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The weekday of the day that is so many days after 1970-01-01, a Thursday.
    init(daysSince1970 days: Int) {
        self = Weekday.allCases[(days + 3).remainder(of: 7)]
    }

    /// 1 for Monday to 7 for Sunday, as in ISO 8601.
    public var number: Int { (Weekday.allCases.firstIndex(of: self) ?? 0) + 1 }

    /// Monday comes first.
    public static func < (left: Weekday, right: Weekday) -> Bool { left.number < right.number }
}
