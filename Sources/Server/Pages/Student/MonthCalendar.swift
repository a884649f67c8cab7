import Attendance

/// A month as weeks from Monday to Sunday, as students and teachers see it.
struct MonthCalendar: Sendable, Equatable {
    /// From the first day of the month to its last.
    let days: ClosedRange<LocalDate>

    init(of day: LocalDate) {
        let first = LocalDate(daysSince1970: day.daysSince1970 - day.day + 1)
        var last = LocalDate(daysSince1970: first.daysSince1970 + 27)
        // The calendar's last day has none after it.
        while case let next = LocalDate(daysSince1970: last.daysSince1970 + 1), next > last, next.month == first.month {
            last = next
        }
        days = first...last
    }

    var before: MonthCalendar { MonthCalendar(of: LocalDate(daysSince1970: days.lowerBound.daysSince1970 - 1)) }
    var after: MonthCalendar { MonthCalendar(of: LocalDate(daysSince1970: days.upperBound.daysSince1970 + 1)) }

    /// As "September 2026".
    func name(_ words: Words) -> String { "\(words["month_\(days.lowerBound.month)"]) \(days.lowerBound.year)" }

    /// From Monday to Sunday, with the days of other months that fill the first week and the last.
    var weeks: [[LocalDate]] {
        let first = days.lowerBound.week.lowerBound.daysSince1970
        let last = days.upperBound.week.upperBound.daysSince1970
        return stride(from: first, through: last, by: 7).map { monday in
            (monday..<monday + 7).map { LocalDate(daysSince1970: $0) }
        }
    }

    /// For the template `month_calendar`.
    /// - Parameters:
    ///   - path: the page that shows another month when it is asked with `?date=`.
    ///   - linksDays: whether each day leads to that page, too.
    func values(of person: PersonDays, for visitor: Visitor, path: String, linksDays: Bool) -> [String: Any] {
        let words = visitor.words
        return [
            "title": name(words), "before": before.name(words), "after": after.name(words),
            "beforePath": "\(path)?date=\(before.days.lowerBound)",
            "afterPath": "\(path)?date=\(after.days.lowerBound)",
            "weekdays": Weekday.allCases.map { day in
                ["short": words[String("\(day)".prefix(3))], "long": words["\(day)"]]
            },
            "weeks": weeks.map { week in
                ["days": week.map { cell($0, person, visitor, linksDays ? path : nil) }]
            },
            "legend": RecordStatus.allCases.map { ["status": "\($0)", "sign": $0.sign, "word": words["\($0)"]] },
        ]
    }

    private func cell(
        _ day: LocalDate, _ person: PersonDays, _ visitor: Visitor, _ path: String?
    ) -> [String: Any] {
        guard days.contains(day) else { return ["isOutside": true] }
        let state = person.state(of: day, for: visitor)
        var cell: [String: Any] = [
            "isOutside": false, "date": day.description, "number": day.day, "isToday": day == visitor.today,
            "status": state.status ?? "none", "hasStatus": state.status != nil, "sign": state.sign,
            "word": state.word, "time": state.time ?? "", "hasTime": state.time != nil,
            "isOff": state.dayOff != nil, "off": state.dayOff ?? "", "isCorrected": state.isCorrected,
            "hasPath": false,
        ]
        if let path {
            cell["hasPath"] = true
            cell["path"] = "\(path)?date=\(day)"
        }
        return cell
    }
}

extension LocalDate {
    /// The week that the day is in, from Monday to Sunday.
    var week: ClosedRange<LocalDate> {
        let monday = daysSince1970 - weekday.number + 1
        return LocalDate(daysSince1970: monday)...LocalDate(daysSince1970: monday + 6)
    }
}

extension RecordStatus {
    /// What stands for the status where there is no room for its word.
    var sign: String {
        switch self {
        case .present: "✓"
        case .late: "◔"
        case .absent: "✕"
        case .excused: "○"
        }
    }
}
