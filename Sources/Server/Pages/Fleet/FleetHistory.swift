import Attendance

/// What was wrong with a terminal, as a timeline.
struct FleetHistory: Sendable {
    let words: Words
    let format: ReaderFormat
    let now: Instant

    /// How many entries a page shows.
    static let shown = 100

    func values(of faults: [TerminalFault]) -> [[String: Any]] {
        faults.map { fault in
            let end = fault.until ?? now
            let seconds = max(0, (end.milliseconds - fault.since.milliseconds) / 1000)
            return [
                "what": words["fleet_fault_\(fault.reason.rawValue)"],
                "isOpen": fault.until == nil, "tone": fault.until == nil ? "late" : "present",
                "since": format.moment(fault.since),
                "until": fault.until.map { format.brief($0, on: format.zone.day(at: fault.since)) } ?? "",
                "span": FleetSpans(words: words).span(seconds),
                "hasTold": fault.told != nil, "told": fault.told ?? "",
            ]
        }
    }
}
