import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// What is wrong and the next step, for every reason that there is, in both languages.
@Suite struct FleetNeedTests {
    private func texts(_ language: Language) throws -> [TerminalNeed.Reason: [String: Any]] {
        let now = School.morning
        let early = now.advanced(byMilliseconds: -3_600_000)
        var heartbeat = Heartbeat(
            version: "0.0.1", bootID: UUID(), uptimeSeconds: 5, camera: "dark", rosterCursor: nil, rosterPeople: 0,
            outboxDepth: 7, outboxOldestSeconds: 5400, outboxRejected: 1, outboxAlarm: "full", clock: .synchronised,
            memoryBytes: 1)
        func needs(registered: Instant? = early, seen: Instant?, offset: Int64? = nil) throws -> [TerminalReport] {
            let health = seen == nil ? nil : String(decoding: try heartbeat.json(), as: UTF8.self)
            let terminal = TerminalAccount(
                id: UUID(), name: "door", created: early, registered: registered, revoked: nil, lastSeen: seen,
                health: health, clockOffset: offset, rosterRevision: nil, rosterGiven: nil)
            let inspection = TerminalInspection(
                terminal: terminal, codeExpires: nil, newestVersion: "1.0", zone: .utc, now: now)
            return [
                TerminalReport(
                    terminal: terminal, classes: [], codeExpires: nil, rosterBehind: nil, needs: inspection.needs,
                    zone: .utc)
            ]
        }
        var reports = try needs(seen: now, offset: -61_400) + needs(seen: early) + needs(seen: nil)
        reports += try needs(registered: nil, seen: nil)
        heartbeat.clock = .unknown
        reports += try needs(seen: now)
        let words = Words(language)
        var found: [TerminalNeed.Reason: [String: Any]] = [:]
        for report in reports {
            let text = FleetNeedText(report: report, words: words, format: ReaderFormat(words: words, zone: .utc))
            for need in report.needs { found[need.reason] = text.values(of: need) }
        }
        return found
    }

    @Test(arguments: Language.allCases)
    func everyReasonIsToldWithItsNextStep(_ language: Language) throws {
        let found = try texts(language)
        #expect(Set(found.keys) == Set(TerminalNeed.Reason.allCases))
        for (reason, values) in found {
            let text = [values["what"], values["next"]].compactMap { $0 as? String }
            #expect(text.count == 2 && text.allSatisfy { !$0.contains("fleet_") && !$0.contains("{") }, "\(reason)")
            let leads = values["hasCommand"] as? Bool == true || values["hasPath"] as? Bool == true
            #expect(leads || reason == .oldVersion, "\(reason)")
        }
        // The same command as the JSON has it.
        #expect(
            found[.neverSeen]?["command"] as? String == "sudo systemctl restart rollcalld && sudo rollcallctl doctor")
    }

    @Test func figuresAreThoseOfTheHeartbeat() throws {
        let found = try texts(.english)
        let what = found.compactMapValues { $0["what"] as? String }
        #expect(what[.outboxOld] == "7 marks wait, the oldest for 1 h 30 min.")
        #expect(what[.clockOff] == "Its clock is 61.4 s ahead of the server's.")
        #expect(what[.rejectedMarks] == "The server did not accept 1 of its marks.")
        #expect(what[.notSeen]?.contains("1 September 2026, 06:30") == true)
        #expect(try texts(.german)[.clockOff]?["what"] as? String == "Die Uhr geht gegen die des Servers 61,4 s vor.")
    }
}
