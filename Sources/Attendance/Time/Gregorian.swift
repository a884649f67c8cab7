/// Day counts of the proleptic Gregorian calendar. Exact for any year whose day count fits an Int with room to spare.
enum Gregorian {
    private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func days(in month: Int, of year: Int) -> Int {
        days(before: month + 1, of: year) - days(before: month, of: year)
    }

    /// Days from January 1st to the first of the month; month 13 gives the length of the year.
    static func days(before month: Int, of year: Int) -> Int {
        daysBeforeMonth[month - 1] + (month > 2 && isLeap(year) ? 1 : 0)
    }

    /// Days from 1970-01-01 to January 1st of the year.
    static func days(before year: Int) -> Int {
        365 * (year - 1970) + leapYears(before: year) - leapYears(before: 1970)
    }

    static func year(of day: Int) -> Int {
        // 400 years are 146,097 days; the estimate is off by one at most.
        var year = 1970 + (day * 400).dividedDown(by: 146_097)
        while days(before: year) > day { year -= 1 }
        while days(before: year + 1) <= day { year += 1 }
        return year
    }

    /// The month that holds the day of the year, which counts from 0.
    static func month(ofDay day: Int, of year: Int) -> Int {
        var month = 1
        while month < 12, days(before: month + 1, of: year) <= day { month += 1 }
        return month
    }

    private static func leapYears(before year: Int) -> Int {
        let last = year - 1
        return last.dividedDown(by: 4) - last.dividedDown(by: 100) + last.dividedDown(by: 400)
    }
}
