import Attendance
import FoundationEssentials
import Logging
import Systemd

/// What the commands on the server do with reports and letters.
extension ServerDatabase {
    /// What puts reports into the queue; nil where none are sent by themselves.
    func planner(_ settings: ReportSettings) -> ReportPlanner? {
        settings.daily || settings.weekly ? allReports(settings) : nil
    }

    /// The attendance of a period.
    /// - Parameter className: of that class only; nil for every class.
    /// - Throws: `.refused` for a class that there is not.
    public func report(
        _ period: ReportPeriod, className: String?, zone: TimeZoneRules
    ) throws(ServerError) -> ReportTable {
        var names: [String] = []
        if let className {
            try requireClass(className)
            names = [className]
        } else {
            names = try reports.classNames(period.days)
        }
        var records: [ReportedRecord] = []
        for name in names {
            records += try reports.records(ofClass: name, period.days)
        }
        return ReportTable(records, zone: zone)
    }

    /// Sends a period's reports now, to everybody who did not get one before, closed or not.
    /// - Returns: how many letters were put into the queue, how many went out of it, and how many still wait in it.
    public func sendReports(
        _ period: ReportPeriod, className: String?, zone: TimeZoneRules, mail: MailSettings,
        password: Redacted<String>?, logs: Logs
    ) throws(ServerError) -> (queued: Int, sent: Int, waiting: Int) {
        if let className { try requireClass(className) }
        let due = ReportPlanner.Due(period: period, waitsForClosing: false)
        let queued = try allReports(ReportSettings()).plan(due, className: className, now: Clock.now)
        let delivery = try MailDelivery(
            database: self, settings: mail, client: try SMTPClient.open(mail, password, isStopped: { false }),
            zone: zone, planner: nil, isStopped: { false }, logger: logs.logger("mail"))
        let sent = try delivery.round()
        return (queued, sent, try letters.countWaiting())
    }

    /// Letters that were given up or may not have arrived, the newest first.
    public func letterProblems(limit: Int) throws(ServerError) -> [QueuedLetter] {
        Array(try letters.list([.failed, .interrupted], page: PageRequest(limit: limit)).prefix(limit))
    }

    /// Sends such a letter once more.
    public func sendLetterAgain(_ id: UUID) throws(ServerError) {
        guard try letters.sendAgain(id, by: .server, now: Clock.now) != nil else {
            throw .refused("there is no letter \(id.lowercased); see `rollcall-server mail problems`")
        }
    }

    private func requireClass(_ name: String) throws(ServerError) {
        guard try classes.find(name: name) != nil else { throw .refused("there is no class \(name)") }
    }
}

extension ServerConfiguration {
    /// The rules of the school's time zone.
    public func openZone() throws(ServerError) -> TimeZoneRules {
        try TimeZoneRules.installed(policy.timeZone)
    }
}

/// The school's day.
public enum SchoolDay {
    /// Which day it is now.
    public static func today(in zone: TimeZoneRules) -> LocalDate { zone.local(of: Clock.now.seconds).date }
}
