import Attendance

/// Dates and times as readers of a language write them.
struct ReaderFormat: Sendable {
    let words: Words
    let zone: TimeZoneRules

    /// A moment's time of day in the school's zone, as 08:05.
    func time(_ instant: Instant) -> String {
        let text = zone.text(of: instant)
        // RFC 3339: 2026-09-01T08:05:00+01:00
        return String(text.dropFirst(11).prefix(5))
    }

    /// A moment's day and time.
    func moment(_ instant: Instant) -> String {
        "\(date(zone.day(at: instant))), \(time(instant))"
    }

    /// A moment without its day where that is the day that is spoken of.
    func brief(_ instant: Instant, on day: LocalDate) -> String {
        zone.day(at: instant) == day ? time(instant) : moment(instant)
    }

    /// A day, as "1 September 2026" or "1. September 2026".
    func date(_ day: LocalDate) -> String {
        let month = words["month_\(day.month)"]
        return words.language == .german ? "\(day.day). \(month) \(day.year)" : "\(day.day) \(month) \(day.year)"
    }

    /// A day in few signs, as "Tu 1 Sep" would be too long for a table: "01/09" or "01.09.".
    func shortDate(_ day: LocalDate) -> String {
        let (d, m) = (day.day < 10 ? "0\(day.day)" : "\(day.day)", day.month < 10 ? "0\(day.month)" : "\(day.month)")
        return words.language == .german ? "\(d).\(m)." : "\(d)/\(m)"
    }

    /// The name of a day of the week.
    func weekday(_ day: LocalDate) -> String { words["\(day.weekday)"] }

    /// A share in per cent; a dash where there is nothing to share.
    func percent(_ part: Int, of all: Int) -> String {
        guard all > 0 else { return "–" }
        let tenths = (1000 * part + all / 2) / all
        let (whole, rest) = (tenths / 10, tenths % 10)
        guard rest > 0 else { return words.language == .german ? "\(whole) %" : "\(whole)%" }
        return words.language == .german ? "\(whole),\(rest) %" : "\(whole).\(rest)%"
    }
}

extension TimeZoneRules {
    /// The day that a moment has in this zone.
    func day(at instant: Instant) -> LocalDate {
        (try? LocalDate(String(text(of: instant).prefix(10)))) ?? LocalDate(daysSince1970: 0)
    }
}
