import Attendance
import FoundationEssentials

/// What the student's first page says.
struct StudentOverview: Sendable {
    let className: String?
    let month: MonthCalendar
    let days: PersonDays
    let today: PersonDays
    let monthTally: StatusTally
    let yearTally: StatusTally
    /// Until when one is Present today, and from when on Absent.
    let times: ClassTimes

    /// nil for somebody who is not here any more.
    init?(
        of person: UUID, _ month: MonthCalendar, today: LocalDate, in database: ServerDatabase
    ) throws(ServerError) {
        guard let account = try database.accounts.find(person) else { return nil }
        className = account.className
        self.month = month
        days = try PersonDays(of: person, month.days, in: database)
        self.today = try PersonDays(of: person, today...today, in: database)
        monthTally = try database.records.tally(of: person, month.days)
        yearTally = try database.records.tally(of: person, LocalDate(daysSince1970: today.daysSince1970 - 364)...today)
        times = days.policy.version(of: SessionID(date: today)).policy.times(for: account.className ?? "")
    }

    func values(for visitor: Visitor) -> [String: Any] {
        let (words, format) = (visitor.words, visitor.format)
        let state = today.state(of: visitor.today, for: visitor)
        let hint =
            state.status == "open"
            ? words(
                "student_times",
                [
                    "present": String(times.presentUntil.description.prefix(5)),
                    "absent": String(times.absentAfter.description.prefix(5)),
                ]) : state.how
        let todayValues: [String: Any] = [
            "date": "\(format.weekday(visitor.today)), \(format.date(visitor.today))", "status": state.status ?? "none",
            "word": state.status == nil ? state.dayOff ?? words["record_no_school"] : state.word,
            "time": state.time ?? "", "hasTime": state.time != nil, "hint": hint, "hasHint": !hint.isEmpty,
        ]
        let corrections = Self.corrections(days, visitor)
        let excuses = days.excuses.map { Self.excuse($0, days.names, visitor) }
        return [
            "today": todayValues, "className": className ?? "", "hasClass": className != nil,
            "calendar": month.values(of: days, for: visitor, path: StudentPages.path, linksDays: false),
            "counts": [
                Self.counts(monthTally, month.name(words), visitor),
                Self.counts(yearTally, words["student_year"], visitor),
            ],
            "corrections": corrections, "hasCorrections": !corrections.isEmpty,
            "excuses": excuses, "hasExcuses": !excuses.isEmpty,
        ]
    }

    /// For the template `counts`.
    static func counts(_ tally: StatusTally, _ title: String, _ visitor: Visitor) -> [String: Any] {
        [
            "title": title, "rate": visitor.format.percent(tally.there, of: tally.recorded),
            "statuses": RecordStatus.allCases.map { status in
                ["status": status.rawValue, "word": visitor.words[status.rawValue], "count": "\(tally[status])"]
            },
        ]
    }

    /// The newest day first.
    static func corrections(_ days: PersonDays, _ visitor: Visitor) -> [[String: Any]] {
        days.corrections.values.flatMap(\.self).sorted { ($0.session, $0.made) > ($1.session, $1.made) }.map { made in
            [
                "day": "\(visitor.format.weekday(made.session.date)), \(visitor.format.date(made.session.date))",
                "status": made.status?.rawValue ?? "none", "hasStatus": made.status != nil,
                "word": made.status.map { visitor.words[$0.rawValue] } ?? visitor.words["record_taken_back"],
                "who": days.names[made.madeBy] ?? "–", "reason": made.reason,
                "when": visitor.format.moment(made.made),
            ]
        }
    }

    static func excuse(_ excuse: ListedExcuse, _ names: [UUID: String], _ visitor: Visitor) -> [String: Any] {
        let format = visitor.format
        let isOneDay = excuse.firstDay == excuse.lastDay
        return [
            "id": excuse.id.lowercased,
            "days": isOneDay
                ? format.date(excuse.firstDay) : "\(format.date(excuse.firstDay)) – \(format.date(excuse.lastDay))",
            "reason": excuse.reason, "who": names[excuse.madeBy] ?? "–", "when": format.moment(excuse.made),
            "isWithdrawn": excuse.withdrawn != nil,
            "withdrawn": excuse.withdrawn.map(format.moment) ?? "",
        ]
    }
}
