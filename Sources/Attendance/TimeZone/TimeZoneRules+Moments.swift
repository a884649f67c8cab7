extension TimeZoneRules {
    /// The moment at which the clock on the wall shows this day and time: the last one where it shows it twice, and, where
    /// it leaves the time out, the last one before it does.
    public func lastMoment(of date: LocalDate, at time: TimeOfDay) -> Instant {
        let shown = Int64(date.daysSince1970) * 86_400 + Int64(time.secondsOfDay)
        // No zone is further than a day from UTC, and none changes twice within two days.
        let candidates = [shown - 86_400, shown + 86_400].map { shown - Int64(offset(at: $0)) }
        let exact = candidates.filter { moment in
            let local = local(of: moment)
            return local.date == date && local.time == time
        }
        let change = candidates.min().flatMap { nextTransition(after: $0) }
        let seconds = exact.max() ?? change.map { $0 - 1 } ?? shown
        return Instant(milliseconds: seconds * 1000)
    }

    /// A moment in RFC 3339 with milliseconds and this zone's offset: "2026-09-01T08:30:00.000+01:00". Where the offset is
    /// no number of whole minutes, which the format cannot say, with that of UTC.
    public func text(of moment: Instant) -> String {
        let local = local(of: moment.seconds)
        guard local.offset % 60 == 0 else { return TimeZoneRules.utc.text(of: moment) }
        let minutes = abs(local.offset) / 60
        let sign = local.offset < 0 ? "-" : "+"
        let offset = "\(sign)\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
        let milliseconds = padded(Int(moment.milliseconds.remainder(of: 1000)), to: 3)
        return "\(local.date)T\(local.time).\(milliseconds)\(offset)"
    }
}
