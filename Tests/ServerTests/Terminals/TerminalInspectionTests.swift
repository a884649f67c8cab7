import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite struct TerminalInspectionTests {
    private static let now = School.morning

    private func needs(
        registered: Instant? = School.morning, revoked: Instant? = nil, codeExpires: Instant? = nil,
        seenSecondsAgo: Int64? = 20,
        offset: Int64? = nil, newest: String = "1.2.0", _ change: (inout Heartbeat) -> Void = { _ in }
    ) throws -> [TerminalNeed] {
        var heartbeat = Heartbeat(
            version: "1.2.0", bootID: UUID(), uptimeSeconds: 5, camera: "running", rosterCursor: nil, rosterPeople: 0,
            outboxDepth: 0, outboxOldestSeconds: nil, clock: .synchronised, memoryBytes: 1)
        change(&heartbeat)
        let health = seenSecondsAgo == nil ? nil : String(decoding: try heartbeat.json(), as: UTF8.self)
        let terminal = TerminalAccount(
            id: UUID(), name: "door", created: Self.now, registered: registered, revoked: revoked,
            lastSeen: seenSecondsAgo.map { Self.now.advanced(byMilliseconds: -$0 * 1000) }, health: health,
            clockOffset: offset, rosterRevision: nil, rosterGiven: nil)
        return TerminalInspection(
            terminal: terminal, codeExpires: codeExpires, newestVersion: newest, zone: .utc, now: Self.now
        ).needs
    }

    @Test func aTerminalThatIsWellNeedsNobody() throws {
        #expect(try needs().isEmpty)
        #expect(try needs(offset: -5000) { $0.outboxOldestSeconds = 3600 }.isEmpty)
        #expect(try needs(newest: "1.2") { $0.version = "1.10.0" }.isEmpty, "1.10 is newer than 1.2")
        #expect(try needs { $0.version = "a build of mine" }.isEmpty)
    }

    @Test func eachTroubleIsToldWithItsNextStep() throws {
        let found = try needs(offset: 5001, newest: "1.10.0") {
            $0.camera = "no such device"
            $0.outboxDepth = 7
            $0.outboxOldestSeconds = 3601
            $0.outboxAlarm = "the disk is full"
            $0.outboxRejected = 2
        }
        #expect(
            found.map(\.reason) == [.camera, .outboxOld, .outboxAlarm, .rejectedMarks, .clockOff, .oldVersion])
        #expect(found[0].detail.contains("no such device") && found[0].detail.contains("rollcallctl camera"))
        #expect(found[1].detail.contains("7 marks") && found[1].detail.contains("60 minutes"))
        #expect(found[4].detail.contains("5 s behind"))
        #expect(found[5].detail.contains("1.2.0") && found[5].detail.contains("1.10.0"))
        #expect(try needs(offset: -90_000).first?.detail.contains("90 s ahead") == true)
        #expect(try needs(offset: .min).map(\.reason) == [.clockOff])
        #expect(try needs(offset: 60_000) { $0.clock = .unknown }.map(\.reason) == [.clockUnknown])
    }

    @Test func silenceIsToldAloneAsTheRestIsOld() throws {
        #expect(try needs(seenSecondsAgo: 600) { $0.camera = "dark" }.map(\.reason) == [.camera])
        let found = try needs(seenSecondsAgo: 601) {
            $0.camera = "dark"
            $0.outboxDepth = 3
        }
        #expect(found.map(\.reason) == [.notSeen])
        #expect(found[0].detail.contains("3 marks waited"))
    }

    @Test func aTerminalThatWasNeverThere() throws {
        let early = Self.now.advanced(byMilliseconds: -600_001)
        #expect(try needs(seenSecondsAgo: nil).isEmpty, "it was registered a moment ago")
        #expect(try needs(registered: early, seenSecondsAgo: nil).map(\.reason) == [.neverSeen])
        #expect(
            try needs(registered: nil, codeExpires: Self.now.advanced(byMilliseconds: 1), seenSecondsAgo: nil).isEmpty)
        let late = try needs(registered: nil, codeExpires: Self.now, seenSecondsAgo: nil)
        #expect(late.map(\.reason) == [.notRegistered])
        #expect(late[0].detail.contains("/renew") && late[0].detail.contains("rollcallctl register"))
        #expect(try needs(registered: nil, seenSecondsAgo: nil).map(\.reason) == [.notRegistered])
    }

    @Test func aRevokedTerminalNeedsNobody() throws {
        #expect(try needs(revoked: Self.now, seenSecondsAgo: 100_000).isEmpty)
    }
}
