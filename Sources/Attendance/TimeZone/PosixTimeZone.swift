/// The rule of a POSIX TZ string such as "GMT0BST,M3.5.0/1,M10.5.0", with RFC 9636's longer times.
struct PosixTimeZone: Sendable, Equatable {
    /// Seconds ahead of UTC in standard time.
    let standardOffset: Int
    /// Nil where the clock never changes.
    let daylight: Daylight?

    struct Daylight: Sendable, Equatable {
        /// Seconds ahead of UTC; less than the standard offset where winter is the exception.
        let offset: Int
        let start: YearlyRule
        let end: YearlyRule
    }

    func offset(at seconds: Int64) -> Int {
        guard let daylight else { return standardOffset }
        // A change moved by a week of hours still lies in the year before or after.
        var isDaylight = false
        var latest = Int64.min
        for change in changes(around: seconds, daylight) where change.at <= seconds && change.at >= latest {
            (latest, isDaylight) = (change.at, change.toDaylight)
        }
        return isDaylight ? daylight.offset : standardOffset
    }

    func nextTransition(after seconds: Int64) -> Int64? {
        guard let daylight else { return nil }
        return changes(around: seconds, daylight).map(\.at).filter { $0 > seconds }.min()
    }

    private struct Change {
        let at: Int64
        let toDaylight: Bool
    }

    /// The changes of three years. Of two at one moment, the later in this order holds from then on: that is what makes
    /// daylight time without end of ",0/0,J365/25", whose end in one year is its start in the next.
    private func changes(around seconds: Int64, _ daylight: Daylight) -> [Change] {
        let year = LocalDate(daysSince1970: Int(seconds.dividedDown(by: 86_400))).year
        return (year - 1...year + 1).flatMap { year in
            let start = Change(at: daylight.start.seconds(in: year) - Int64(standardOffset), toDaylight: true)
            let end = Change(at: daylight.end.seconds(in: year) - Int64(daylight.offset), toDaylight: false)
            return start.at <= end.at ? [start, end] : [end, start]
        }
    }
}

/// A day of each year and a time on it.
struct YearlyRule: Sendable, Equatable {
    enum Day: Sendable, Equatable {
        /// "Jn", 1 to 365: February 29th is never counted.
        case julian(Int)
        /// "n", 0 to 365: February 29th is counted.
        case ordinal(Int)
        /// "Mm.w.d": the week 1 to 5 (5 is the last) and the weekday 0 (Sunday) to 6 of a month.
        case weekday(month: Int, week: Int, day: Int)
    }

    let day: Day
    /// Seconds after 00:00:00 of the day; may be negative or go beyond the day.
    let time: Int

    /// The moment in seconds since 1970 of the zone's own clock.
    func seconds(in year: Int) -> Int64 {
        Int64(Gregorian.days(before: year) + dayOfYear(in: year)) * 86_400 + Int64(time)
    }

    /// Counts from 0.
    private func dayOfYear(in year: Int) -> Int {
        switch day {
        case .julian(let number): return number >= 60 && Gregorian.isLeap(year) ? number : number - 1
        case .ordinal(let number): return number
        case .weekday(let month, let week, let weekday):
            let first = Gregorian.days(before: month, of: year)
            let firstWeekday = Weekday(daysSince1970: Gregorian.days(before: year) + first).number % 7
            let day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            return first + (day < Gregorian.days(in: month, of: year) ? day : day - 7)
        }
    }
}
