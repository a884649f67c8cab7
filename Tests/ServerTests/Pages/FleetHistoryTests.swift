import Attendance
import Foundation
import Logging
import Testing

@testable import Server

/// What was wrong with a terminal, and when.
@Suite(.onEveryDatabase) struct FleetHistoryTests {
    private let school: School
    private let door: UUID
    private var terminals: TerminalStore { school.database.terminals }

    init() throws {
        school = try School()
        door = try school.database.terminals.add(name: "door").terminal.id
    }

    private static func minute(_ minutes: Int64) -> Instant {
        School.morning.advanced(byMilliseconds: minutes * 60_000)
    }

    private func faults() throws -> [String] {
        try terminals.faults(of: door, limit: 100).map { fault in
            let minutes = [fault.since, fault.until].map { instant in
                instant.map { "\(($0.milliseconds - School.morning.milliseconds) / 60_000)" } ?? "now"
            }
            return "\(fault.reason.rawValue) \(minutes.joined(separator: "-"))"
        }
    }

    @Test func aHeartbeatBeginsAndEndsWhatIsWrong() throws {
        try school.beat(door, cursor: nil, at: Self.minute(0))
        #expect(try faults().isEmpty)
        try school.beat(door, cursor: nil, at: Self.minute(1)) { $0.camera = "dark" }
        try school.beat(door, cursor: nil, at: Self.minute(2)) { $0.camera = "no such device" }
        #expect(try faults() == ["camera 1-now"], "it is one fault")
        #expect(try terminals.faults(of: door, limit: 9).first?.told == "dark")
        try school.beat(door, cursor: nil, at: Self.minute(3)) {
            $0.camera = "dark"
            $0.outboxAlarm = "the disk is full"
        }
        try school.beat(door, cursor: nil, at: Self.minute(5)) { $0.outboxAlarm = "the disk is full" }
        #expect(try faults() == ["outbox_alarm 3-now", "camera 1-5"])
        try school.beat(door, cursor: nil, at: Self.minute(6))
        try school.beat(door, cursor: nil, at: Self.minute(7)) { $0.camera = "dark" }
        #expect(try faults() == ["camera 7-now", "outbox_alarm 3-6", "camera 1-5"])
    }

    @Test func silenceBeginsWithTheLastContactAndEndsWithTheNext() throws {
        try school.beat(door, cursor: nil, at: Self.minute(0)) { $0.camera = "dark" }
        try terminals.noteSilence(now: Self.minute(10))
        #expect(try faults() == ["camera 0-now"], "ten minutes are not yet silence")
        for minute in Int64(11)...13 { try terminals.noteSilence(now: Self.minute(minute)) }
        #expect(
            try faults().sorted() == ["camera 0-now", "not_seen 0-now"], "nobody knows that the camera was mended")
        try school.beat(door, cursor: nil, at: Self.minute(30)) { $0.camera = "dark" }
        #expect(try faults() == ["camera 0-now", "not_seen 0-30"])
        try terminals.noteSilence(now: Self.minute(31))
        #expect(try faults() == ["camera 0-now", "not_seen 0-30"], "looking changes nothing")
    }

    @Test func whoNeverCalledAndWhoWasShutOut() throws {
        let registered = try #require(try terminals.find(door)?.registered)
        try terminals.noteSilence(now: registered.advanced(byMilliseconds: 601_000))
        let fault = try #require(try terminals.faults(of: door, limit: 9).first)
        #expect(fault.reason == .neverSeen && fault.since == registered && fault.until == nil)
        try terminals.revoke(name: "door")
        try terminals.noteSilence(now: registered.advanced(byMilliseconds: 700_000))
        #expect(try terminals.faults(of: door, limit: 9).map { $0.until != nil } == [true])
    }

    @Test func whatIsOldGoesAndWhatIsWrongStays() throws {
        try school.beat(door, cursor: nil, at: Self.minute(0)) {
            $0.camera = "dark"
            $0.outboxRejected = 1
        }
        try school.beat(door, cursor: nil, at: Self.minute(1)) { $0.camera = "dark" }
        let end = Self.minute(1).advanced(byMilliseconds: TerminalFault.daysKept * 86_400_000)
        try school.beat(door, cursor: nil, at: end) { $0.camera = "dark" }
        try terminals.noteSilence(now: end)
        #expect(try faults().count == 2, "90 days are not over")
        try terminals.noteSilence(now: end.advanced(byMilliseconds: 1))
        #expect(try faults() == ["camera 0-now"])
    }

    @Test func aCameraThatComesAndGoesFillsNoDisk() throws {
        for minute in 0..<(2 * Int64(TerminalFault.mostKept) + 40) {
            try school.beat(door, cursor: nil, at: Self.minute(minute)) {
                $0.camera = minute % 2 == 0 ? "dark" : "running"
            }
        }
        let kept = try terminals.faults(of: door, limit: 10_000)
        #expect(kept.count == TerminalFault.mostKept)
        #expect(kept.first?.since == Self.minute(2 * Int64(TerminalFault.mostKept) + 38), "the newest stay")
    }

    /// A server that was away has heard nobody; that is no fault of terminals.
    @Test func theWatchListensBeforeItBlames() async throws {
        let thread = DatabaseThread(school.database, patience: .seconds(600))
        let watch = TerminalWatch(database: thread, logger: Logger(label: "test"))
        #expect(watch.patience > .seconds(TerminalInspection.silentMinutes * 60))
        try school.beat(door, cursor: nil, at: Self.minute(0))
        await watch.look(now: Self.minute(60))
        #expect(try faults() == ["not_seen 0-now"])
    }

    /// A database of the version before goes on with what it has.
    @Test func fromTheVersionBefore() throws {
        try school.beat(door, cursor: nil, at: Self.minute(0))
        school.database.close()
        let before = try #require(Schema.migrations.firstIndex { $0.name == "terminals' faults" })
        try school.look("DROP TABLE terminal_faults")
        try school.look(
            school.file == nil ? "UPDATE schema_version SET version = \(before)" : "PRAGMA user_version = \(before)")
        let again = try school.second()
        #expect(try again.terminals.faults(of: door, limit: 9).isEmpty)
        try again.terminals.noteSilence(now: Self.minute(11))
        #expect(try again.terminals.faults(of: door, limit: 9).map(\.reason) == [.notSeen])
        again.close()
    }

    @Test func thePageShowsItAsATimeline() async throws {
        try school.beat(door, cursor: nil, at: Self.minute(0)) { $0.camera = "<dark>" }
        try school.beat(door, cursor: nil, at: Self.minute(95)) { $0.outboxAlarm = "full" }
        let client = try await RouterClient(school)
        let browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(.admin))
        let path = "/pages/terminals/\(door.lowercased)"
        let html = try await browser.get(path).html
        let entries = html.matches(of: /(?s)<li class="(late|present)"><p>(.*?)<\/li>/).map { String($0.2) }
        #expect(entries.count == 2)
        #expect(entries.first?.contains("Outbox in trouble") == true && entries.first?.contains("still") == true)
        #expect(entries.last?.contains("1 September 2026, 08:30 – 10:05 ") == true)
        #expect(entries.last?.contains("1 h 35 min") == true && entries.last?.contains("&lt;dark&gt;") == true)
        browser.language = "de"
        #expect(try await browser.get(path).html.contains("1. September 2026, 08:30 – 10:05 "))
        let other = try school.database.terminals.add(name: "gate").terminal.id.lowercased
        #expect(try await browser.get("/pages/terminals/\(other)").html.contains("In den letzten 90 Tagen war alles"))
    }
}
