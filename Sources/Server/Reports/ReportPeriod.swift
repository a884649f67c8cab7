import Attendance

/// What span of days a report is about.
public enum ReportPeriod: Sendable, Equatable {
    case day(LocalDate)
    /// The seven days from a Monday on.
    case week(monday: LocalDate)

    /// The week that a day is in.
    public static func week(of date: LocalDate) -> ReportPeriod {
        .week(monday: LocalDate(daysSince1970: date.daysSince1970 - date.weekday.number + 1))
    }

    /// The period that a letter of that kind is about; nil for other kinds and for what is no date.
    init?(_ kind: LetterKind, _ name: String) {
        guard let date = try? LocalDate(name) else { return nil }
        switch kind {
        case .daily: self = .day(date)
        case .weekly: self = .week(of: date)
        case .passwordReset, .welcome: return nil
        }
    }

    /// The kind of letter that is about it.
    public var kind: LetterKind {
        switch self {
        case .day: .daily
        case .week: .weekly
        }
    }

    /// The first day, as 2026-08-31. With the kind it names the period.
    public var name: String { days.lowerBound.description }

    /// The days, weekends included.
    public var days: ClosedRange<LocalDate> {
        switch self {
        case .day(let date): date...date
        case .week(let monday): monday...LocalDate(daysSince1970: monday.daysSince1970 + 6)
        }
    }

    /// "Tuesday, 1 September 2026", or "the week from Monday, 31 August to Sunday, 6 September 2026".
    public var title: String {
        switch self {
        case .day(let date): "\(date.words) \(date.year)"
        case .week: "the week from \(days.lowerBound.words) to \(days.upperBound.words) \(days.upperBound.year)"
        }
    }
}

extension LocalDate {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// "Tuesday, 1 September".
    var words: String {
        let name = weekday.rawValue
        return "\(name.prefix(1).uppercased())\(name.dropFirst()), \(day) \(Self.months[month - 1])"
    }
}
