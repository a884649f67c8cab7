import Attendance
import FoundationEssentials

/// What a teacher says of a student's day: another status, or that the correction no longer counts.
struct DayDecision: Sendable {
    let student: UUID
    let day: LocalDate
    /// nil takes corrections back.
    let status: RecordStatus?
    let reason: String

    /// The value of the button that takes corrections back.
    static let takeBack = "take_back"

    /// Writes it down. What stands already with the same reason is not written twice, as when a form was sent twice.
    func make(by actor: UUID, in database: ServerDatabase, now: Instant) throws(ServerError) {
        let days = try PersonDays(of: student, day...day, in: database)
        let record = days.records[day]
        let isCorrected = record?.cause == .correction
        let session = SessionID(date: day)
        guard status != nil || isCorrected else { return }
        if status == .excused, !isCorrected, record == nil || record?.status == .absent,
            days.policy.hasSchool(on: session)
        {
            // An excuse counts as long as nobody is seen in time: who comes all the same is Present.
            let new = ExcuseStore.New(person: student, firstDay: day, lastDay: day, reason: reason)
            _ = try database.excuses.make(new, by: actor, now: now)
            return
        }
        if status != nil, record?.status == status, !isCorrected { return }
        if let last = days.corrections[day]?.last, isCorrected, last.status == status, last.reason == reason { return }
        let new = CorrectionStore.New(person: student, session: session, status: status, reason: reason)
        _ = try database.corrections.make(new, by: actor, now: now)
    }
}
