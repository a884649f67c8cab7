extension PosixTimeZone {
    /// Reads a whole POSIX TZ string; nil if any part of it is wrong. Daylight time needs its two rules.
    /// `allowsLongTimes`: times of a rule go from -167 to 167 hours (TZif version 3) instead of from 0 to 24.
    init?(_ text: ArraySlice<UInt8>, allowsLongTimes: Bool) {
        var scanner = PosixScanner(rest: text)
        guard scanner.name(), let west = scanner.time(hours: 0...24) else { return nil }
        standardOffset = -west
        if scanner.rest.isEmpty {
            daylight = nil
            return
        }
        guard scanner.name() else { return nil }
        var offset = standardOffset + 3600
        if scanner.rest.first != UInt8(ascii: ",") {
            guard let west = scanner.time(hours: 0...24) else { return nil }
            offset = -west
        }
        let hours = allowsLongTimes ? 0...167 : 0...24
        guard let start = scanner.rule(hours: hours, signed: allowsLongTimes),
            let end = scanner.rule(hours: hours, signed: allowsLongTimes), scanner.rest.isEmpty
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }
}

/// Takes one part after the other from a POSIX TZ string.
private struct PosixScanner {
    var rest: ArraySlice<UInt8>

    /// A designation of three letters at least, or <quoted> with digits and signs. Only its form matters here.
    mutating func name() -> Bool {
        if take("<") {
            let name = rest.prefix { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            rest = rest.dropFirst(name.count)
            return name.count >= 3 && take(">")
        }
        let name = rest.prefix(while: isLetter)
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    /// "[+-]h[h[h]][:mm[:ss]]" in seconds.
    mutating func time(hours: ClosedRange<Int>, signed: Bool = true) -> Int? {
        var sign = 1
        if signed, take("-") {
            sign = -1
        } else if signed {
            _ = take("+")
        }
        guard let hour = number(in: hours, digits: 3) else { return nil }
        var seconds = hour * 3600
        if take(":") {
            guard let minute = number(in: 0...59, digits: 2) else { return nil }
            seconds += minute * 60
            if take(":") {
                guard let second = number(in: 0...59, digits: 2) else { return nil }
                seconds += second
            }
        }
        return sign * seconds
    }

    /// ",day[/time]"; the time is 02:00:00 if it is left out.
    mutating func rule(hours: ClosedRange<Int>, signed: Bool) -> YearlyRule? {
        guard take(","), let day = day() else { return nil }
        guard take("/") else { return YearlyRule(day: day, time: 7200) }
        guard let time = time(hours: hours, signed: signed) else { return nil }
        return YearlyRule(day: day, time: time)
    }

    private mutating func day() -> YearlyRule.Day? {
        if take("J") { return number(in: 1...365, digits: 3).map(YearlyRule.Day.julian) }
        if take("M") {
            guard let month = number(in: 1...12, digits: 2), take("."), let week = number(in: 1...5, digits: 1),
                take("."), let day = number(in: 0...6, digits: 1)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        }
        return number(in: 0...365, digits: 3).map(YearlyRule.Day.ordinal)
    }

    private mutating func number(in range: ClosedRange<Int>, digits: Int) -> Int? {
        let text = rest.prefix(while: isDigit)
        guard text.count <= digits, let number = decimal(text), range ~= number else { return nil }
        rest = rest.dropFirst(text.count)
        return number
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    private func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }
}
