import Attendance
import FoundationEssentials

/// The whole school on one day, class by class.
struct SchoolOverview: Sendable, Equatable {
    /// One class.
    struct Line: Sendable, Equatable {
        let session: SessionState
        let tally: StatusTally
    }

    let day: SessionID
    let hasSchool: Bool
    /// Why there is none, where the calendar says so.
    let dayOff: String?
    let lines: [Line]

    var total: StatusTally { lines.reduce(StatusTally()) { $0 + $1.tally } }

    /// Classes whose session is over and waits for terminals.
    var waiting: [Line] { lines.filter { $0.session.state == .waiting } }

    /// Another one whenever something that is shown has changed.
    var stamp: String {
        let parts = lines.map { line in
            let counts = RecordStatus.allCases.map { "\(line.tally[$0])" }.joined(separator: ",")
            let waits = line.session.waitsFor.map(\.id.lowercased).joined(separator: ",")
            return "\(line.session.className) \(counts) \(line.tally.open) \(line.session.state) \(waits)"
        }
        return "\(day) \(dayOff ?? "") \(hasSchool) " + parts.joined(separator: ";")
    }
}

extension ServerDatabase {
    /// The school on the day of a moment.
    func schoolOverview(at now: Instant) throws(ServerError) -> SchoolOverview {
        let policy = try policies.current()
        let day = policy.session(at: now)
        let hasSchool = policy.hasSchool(on: day)
        let tallies = try records.tallies(of: day)
        let sessions = try closings.list(of: day, .everybody, page: PageRequest(limit: PageRequest.maximumLimit))
        return SchoolOverview(
            day: day, hasSchool: hasSchool, dayOff: hasSchool ? nil : try calendar.find(day.date)?.name,
            lines: sessions.map { .init(session: $0, tally: tallies[$0.className] ?? StatusTally()) })
    }
}
