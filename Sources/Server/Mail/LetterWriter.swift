import Attendance
import FoundationEssentials

/// Writes what a letter of the queue says, from what the database says now.
struct LetterWriter: Sendable {
    let database: ServerDatabase
    let settings: MailSettings
    let zone: TimeZoneRules
    private let templates: LetterTemplates

    init(database: ServerDatabase, settings: MailSettings, zone: TimeZoneRules) throws(ServerError) {
        self.database = database
        self.settings = settings
        self.zone = zone
        templates = try LetterTemplates()
    }

    /// A token that a letter carries; it becomes good when the letter is handed over.
    struct Grant: Sendable {
        let token: SecretToken
        let person: UUID
        /// Where the letter goes.
        let address: String
        /// In milliseconds.
        let lifetime: Int64
    }

    /// What became of writing.
    enum Written: Sendable {
        case letter(Letter, Grant?)
        /// There is nothing to send, and why.
        case nothing(String)
    }

    /// Writes a letter.
    func write(_ queued: QueuedLetter) throws(ServerError) -> Written {
        guard let person = try database.accounts.find(queued.recipient), let address = person.email else {
            return .nothing("the recipient has no e-mail address any more")
        }
        let to = Recipient(letter: queued.id, person: person, address: address)
        switch queued.kind {
        case .passwordReset:
            return token(to, .passwordReset, "Your new password for Rollcall", PasswordStore.resetLifetime, "an hour")
        case .welcome:
            return token(to, .welcome, "Your account at Rollcall", PasswordStore.welcomeLifetime, "seven days")
        case .daily, .weekly:
            guard let period = ReportPeriod(queued.kind, queued.period) else {
                return .nothing("its period \(queued.period) is no date")
            }
            return try person.role == .teacher ? classReport(to, period) : studentReport(to, period)
        }
    }

    private struct Recipient {
        let letter: UUID
        let person: Account
        let address: String
    }

    private func letter(
        _ to: Recipient, _ template: LetterTemplates.Name, subject: String, _ values: [String: Any]
    ) -> Letter {
        var values = values
        values["name"] = to.person.name
        values["subject"] = subject
        let (text, html) = templates.render(template, values)
        return Letter(
            id: to.letter, name: to.person.name, address: to.address, subject: subject, text: text, html: html)
    }

    private func token(
        _ to: Recipient, _ template: LetterTemplates.Name, _ subject: String, _ lifetime: Int64, _ words: String
    ) -> Written {
        let token = SecretToken.make(.passwordReset)
        var values: [String: Any] = ["token": token.text, "lifetime": words]
        // Behind the `#` it stays in the reader's browser, and out of every log on the way.
        if let page = settings.baseURL { values["link"] = "\(page)#token=\(token.text)" }
        let letter = letter(to, template, subject: subject, values)
        return .letter(letter, Grant(token: token, person: to.person.id, address: to.address, lifetime: lifetime))
    }

    private func studentReport(_ to: Recipient, _ period: ReportPeriod) throws(ServerError) -> Written {
        let records = try database.reports.records(of: to.person.id, period.days)
        guard let last = records.last else { return .nothing("there is no attendance in its period") }
        let days = records.map { record in
            ["date": record.session.date.words, "status": record.statusWord, "time": record.time(in: zone)]
                .filter { !$0.value.isEmpty }
        }
        let values: [String: Any] = [
            "period": period.title, "days": days, "isWeek": period.kind == .weekly,
            "summary": StatusCounts(records).words,
            "isOpen": try !database.reports.isClosed(last.className, period.days),
        ]
        let subject =
            period.kind == .weekly
            ? "Your attendance in \(period.title)" : "\(last.statusWord) on \(period.title)"
        return .letter(letter(to, .studentReport, subject: subject, values), nil)
    }

    private func classReport(_ to: Recipient, _ period: ReportPeriod) throws(ServerError) -> Written {
        var classes: [[String: Any]] = []
        for name in try database.reports.classNames(taughtBy: to.person.id) {
            let records = try database.reports.records(ofClass: name, period.days)
            guard !records.isEmpty else { continue }
            classes.append([
                "className": name, "summary": StatusCounts(records).words,
                "isOpen": try !database.reports.isClosed(name, period.days), "rows": rows(records, period),
            ])
        }
        guard !classes.isEmpty else { return .nothing("there is no attendance in its period") }
        let names = classes.compactMap { $0["className"] as? String }.joined(separator: ", ")
        let values: [String: Any] = ["period": period.title, "classes": classes]
        return .letter(letter(to, .classReport, subject: "Attendance of \(names), \(period.title)", values), nil)
    }

    /// A student a row: of a day what it was, of a week how often each status came and on which days it was not present.
    private func rows(_ records: [ReportedRecord], _ period: ReportPeriod) -> [[String: String]] {
        var students: [(id: UUID, records: [ReportedRecord])] = []
        for record in records {
            if students.last?.id == record.person {
                students[students.count - 1].records.append(record)
            } else {
                students.append((record.person, [record]))
            }
        }
        return students.compactMap { student in
            guard let first = student.records.first else { return nil }
            if period.kind == .daily {
                let time = first.time(in: zone)
                return [
                    "student": first.name, "what": time.isEmpty ? first.statusWord : "\(first.statusWord), \(time)",
                ]
            }
            let exceptions = student.records.filter { $0.status != AttendanceStatus.present.rawValue }.map {
                "\($0.statusWord) on \($0.session.date.words)"
            }
            let what = [StatusCounts(student.records).words] + exceptions
            return ["student": first.name, "what": what.joined(separator: "; ")]
        }
    }
}
