import Attendance
import FoundationEssentials

/// What stands for one person on some days, and why: for the pages of the person and of those who teach them.
struct PersonDays: Sendable {
    let days: ClosedRange<LocalDate>
    let records: [LocalDate: AttendanceRecord]
    /// The oldest first.
    let corrections: [LocalDate: [ListedCorrection]]
    /// Those that end last first; withdrawn ones included.
    let excuses: [ListedExcuse]
    /// The names of days off.
    let daysOff: [LocalDate: String]
    let policy: SchoolPolicy
    /// Who corrected and excused.
    let names: [UUID: String]

    init(of person: UUID, _ days: ClosedRange<LocalDate>, in database: ServerDatabase) throws(ServerError) {
        let (first, last) = (days.lowerBound, days.upperBound)
        let page = PageRequest(limit: PageRequest.maximumLimit)
        let filter = RecordStore.Filter(scope: .person(person), from: first, to: last)
        var records: [LocalDate: AttendanceRecord] = [:]
        for listed in try database.records.list(filter, page: page) { records[listed.session.date] = listed.record }
        let corrections = try database.corrections.list(of: [person], first...last)
        excuses = try database.excuses.list(.person(person), from: first, to: last, page: page)
        var daysOff: [LocalDate: String] = [:]
        for day in try database.calendar.list(from: first, to: last, page: page) {
            daysOff[day.date] = day.name == CalendarStore.configuredName ? "" : day.name
        }
        names = try database.accounts.names(of: Set(corrections.map(\.madeBy) + excuses.map(\.madeBy)))
        policy = try database.policies.current()
        self.corrections = Dictionary(grouping: corrections, by: \.session.date)
        (self.days, self.records, self.daysOff) = (days, records, daysOff)
    }

    /// What a day shows.
    struct State: Sendable {
        /// The status's name, "open" for a school day of today of which nothing is known yet; nil for other days.
        let status: String?
        let sign: String
        let word: String
        /// When the person was first seen.
        let time: String?
        /// Why there is no school, where there is none.
        let dayOff: String?
        let isCorrected: Bool
        /// What made it so; empty where there is nothing to say.
        let how: String
    }

    func state(of day: LocalDate, for visitor: Visitor) -> State {
        let words = visitor.words
        let record = records[day]
        let isOff = !policy.hasSchool(on: SessionID(date: day))
        let off: String? =
            isOff ? daysOff[day].flatMap { $0.isEmpty ? nil : $0 } ?? words["record_no_school"] : nil
        guard let record else {
            let isOpen = !isOff && day == visitor.today
            return State(
                status: isOpen ? "open" : nil, sign: "", word: isOpen ? words["open"] : "", time: nil, dayOff: off,
                isCorrected: false, how: "")
        }
        return State(
            status: record.status.rawValue, sign: record.status.sign, word: words[record.status.rawValue],
            time: record.at.map(visitor.format.time), dayOff: off, isCorrected: record.cause == .correction,
            how: RecordReason(
                record, correction: corrections[day]?.last, excuse: excuse(of: day), names: names
            ).text(words))
    }

    /// The excuse that covers the day.
    func excuse(of day: LocalDate) -> ListedExcuse? {
        excuses.first { $0.withdrawn == nil && $0.firstDay <= day && day <= $0.lastDay }
    }
}

/// What made a record what it is, in a sentence.
struct RecordReason: Sendable {
    let record: AttendanceRecord
    let correction: ListedCorrection?
    let excuse: ListedExcuse?
    let names: [UUID: String]

    init(
        _ record: AttendanceRecord, correction: ListedCorrection?, excuse: ListedExcuse?, names: [UUID: String]
    ) {
        (self.record, self.correction, self.excuse, self.names) = (record, correction, excuse, names)
    }

    /// Empty where the time says it all.
    func text(_ words: Words) -> String {
        switch record.cause {
        case .mark: return record.status == .absent ? words["record_too_late"] : ""
        case .closing: return words["record_not_seen"]
        case .correction:
            guard let correction else { return words["record_corrected"] }
            return words(
                "record_corrected_by", ["name": names[correction.madeBy] ?? "–", "reason": correction.reason])
        case .excuse:
            guard let excuse else { return "" }
            return words("record_excused_by", ["name": names[excuse.madeBy] ?? "–", "reason": excuse.reason])
        }
    }
}
