import Attendance
import Capture
import Foundation

@testable import Identification
@testable import Terminal

/// What the capture thread tells the page at the door, as the daemon's own journal does it.
struct DoorPlayer {
    let board: StatusBoard
    let journal: DoorJournal

    init(_ board: StatusBoard, firstNames: Bool = false) {
        self.board = board
        journal = DoorJournal(board: board, showsFirstNames: firstNames, minimumInterEye: 22)
    }

    func recognition(_ name: String) -> Recognition {
        Recognition(
            track: 1, person: RosterPerson(id: UUID(), name: name, className: "7b", templates: []),
            candidate: Candidate(person: 0, score: 9, margin: 5, shots: 3), firstGoodFrame: BootClock.now,
            lastSeen: BootClock.now)
    }

    /// Somebody is marked at 2026-09-01 08:58 UTC.
    func mark(
        _ name: String, _ status: AttendanceStatus = .present, clock: ClockTrust = .synchronised,
        zone: TimeZoneRules = .utc
    ) throws {
        var mark = try exampleMark()
        mark.at = Instant(milliseconds: 1_788_253_080_000)
        mark.status = status
        mark.clock = clock
        journal.marked(mark, recognition(name), school: SchoolTime(policy: try AttendancePolicy.utc, zone: zone))
    }
}

extension AttendancePolicy {
    /// A policy whose times play no part.
    static var utc: AttendancePolicy {
        get throws {
            try TerminalConfiguration(.init(bytes: Array("[server]\nurl = \"https://a\"".utf8), file: "a")).attendance
        }
    }
}
