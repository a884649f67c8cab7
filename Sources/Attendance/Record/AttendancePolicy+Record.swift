extension AttendancePolicy {
    /// The record that follows from the basis; nil where nothing can be said (yet). `zone` must be the policy's `timeZone`.
    ///
    /// 1. What staff have decided stands, on a day without school too.
    /// 2. Without school there is no record, whoever was seen.
    /// 3. The earliest mark decides, with the status that *this* policy gives its time: the terminal that made it may have
    ///    followed an older one. Absent by a mark after the boundary becomes Excused where an excuse covers the day.
    /// 4. An excuse alone is Excused at once.
    /// 5. Once the session is closed, whoever was to be there and was not seen is Absent.
    ///
    /// The order in which any of it became known does not matter, and neither does what comes twice.
    public func record(on basis: RecordBasis, zone: TimeZoneRules) -> AttendanceRecord? {
        let mark = basis.decisiveMark
        if let status = basis.correctedStatus {
            return AttendanceRecord(status: status, cause: .correction, at: mark?.at)
        }
        guard basis.hasSchool else { return nil }
        if let mark {
            let status = status(for: basis.className, at: mark.at, zone: zone)
            if status == .absent, basis.isExcused {
                return AttendanceRecord(status: .excused, cause: .excuse, at: mark.at)
            }
            return AttendanceRecord(status: RecordStatus(status), cause: .mark, mark: mark.id, at: mark.at)
        }
        if basis.isExcused { return AttendanceRecord(status: .excused, cause: .excuse) }
        return basis.isClosed ? AttendanceRecord(status: .absent, cause: .closing) : nil
    }

    /// The first moment of the day at which a person of the class who comes is Absent: then the session can be closed.
    /// `zone` must be the policy's `timeZone`.
    public func closing(of session: SessionID, for className: String, zone: TimeZoneRules) -> Instant {
        let boundary = times(for: className).absentAfter
        return zone.lastMoment(of: session.date, at: boundary).advanced(byMilliseconds: 1000)
    }
}
