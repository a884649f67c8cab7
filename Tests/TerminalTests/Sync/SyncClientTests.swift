import Capture
import Foundation
import Logging
import Testing

@testable import Terminal

/// The client on its own thread against the server that behaves, or soon does.
struct SyncClientTests {
    private let fixture: SyncFixture

    init() throws {
        fixture = try SyncFixture()
    }

    @Test func aFirstRoundBringsRosterTimeAndMarks() throws {
        let ids = try fixture.record(250)
        let client = try fixture.client("good+first")
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try fixture.outbox.summary.depth == 0 && client.state.isHealthy })
        #expect(try fixture.marks(.acknowledged) == ids)
        #expect(try fixture.stored("good+first") == ids)
        #expect(try fixture.roster.load().people.count == 30)
        #expect(try fixture.roster.cursor == "3")
        #expect(fixture.rosterNews.load(ordering: .relaxed) == 1, "one call for three pages")
        let state = client.state
        #expect(state.marksTaken == 250 && state.lastError == nil && state.lastSuccess != nil)
        #expect(eventually { client.state.nextAttempt != nil })
        // The server runs on this machine's clock.
        #expect(abs(state.serverOffset ?? .max) < 10_000)
        let seen = try fixture.server.seen("good+first")
        #expect(seen.cursors == [0, 1, 2] && seen.connections == 1)
        #expect(eventually { fixture.serverTimes.withLock { $0.count } == 6 }, "three pages, two batches, a heartbeat")
    }

    @Test func aNewMarkIsSentAtOnce() throws {
        let client = try fixture.client("good+wake")
        defer { client.stop(flush: .zero) }
        #expect(eventually { client.state.isHealthy && client.state.nextAttempt != nil })
        // Its own rounds are an hour apart.
        for count in 1...3 {
            try fixture.record(1)
            client.markRecorded()
            #expect(try eventually { try fixture.stored("good+wake").count == count })
        }
    }

    @Test func anUnchangedRosterIsNotAnnouncedAgain() throws {
        let client = try fixture.client(
            "good+same",
            intervals: SyncIntervals(roster: .milliseconds(10), marks: .seconds(3600), heartbeat: .seconds(3600)))
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try fixture.server.seen("good+same").requests["roster", default: 0] > 10 })
        #expect(fixture.rosterNews.load(ordering: .relaxed) == 1)
    }

    private static let quick = SyncIntervals(
        roster: .milliseconds(10), marks: .seconds(3600), heartbeat: .seconds(3600))

    @Test func anUnchangedRosterIsNotSentAgain() throws {
        let client = try fixture.client("tagged+304", intervals: Self.quick)
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try fixture.server.seen("tagged+304").tags?.count ?? 0 > 10 })
        let tags = try fixture.server.seen("tagged+304").tags ?? []
        #expect(tags.first == "", "the tag of another question is none of this one")
        #expect(tags.dropFirst().allSatisfy { $0 == "W/\"three\"" })
        #expect(client.state.isHealthy && fixture.rosterNews.load(ordering: .relaxed) == 1)
        #expect(try fixture.roster.cursor == "3")
        // Three pages, the first empty one and the heartbeat tell the time.
        #expect(fixture.serverTimes.withLock { $0.count } == 5)
    }

    @Test func tagsThatAreNoneDoNotComeBack() throws {
        let client = try fixture.client("bad_tags+none", intervals: Self.quick)
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try fixture.server.seen("bad_tags+none").requests["roster", default: 0] > 20 })
        #expect(try fixture.server.seen("bad_tags+none").headers["if-none-match"] == nil)
        #expect(client.state.isHealthy)
    }

    @Test func aCursorThatMovesOnWithoutNewsIsToldToo() throws {
        let client = try fixture.client("moving+told", intervals: Self.quick)
        defer { client.stop(flush: .zero) }
        #expect(eventually { fixture.confirmed.withLock { $0.last } == "5" })
        #expect(fixture.confirmed.withLock { Array($0.prefix(4)) } == ["2", "3", "4", "5"])
        #expect(fixture.rosterNews.load(ordering: .relaxed) == 1, "the first page alone brought somebody")
    }

    @Test func aLostReplyDoublesNothing() throws {
        let ids = try fixture.record(250)
        let client = try fixture.client("lost_reply+once")
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try fixture.outbox.summary.depth == 0 })
        #expect(try fixture.marks(.acknowledged) == ids)
        let stored = try fixture.server.seen("lost_reply+once").stored
        #expect(Set(stored.keys.compactMap { UUID(uuidString: $0) }) == ids)
        #expect(stored.values.filter { $0 == 2 }.count == 200, "the first batch was sent twice")
    }

    @Test func failuresEndAndEachChangeIsLoggedOnce() throws {
        let ids = try fixture.record(5)
        let client = try fixture.client("recovering+log")
        #expect(try eventually { try fixture.outbox.summary.depth == 0 && client.state.isHealthy })
        client.stop(flush: .zero)
        #expect(try fixture.stored("recovering+log") == ids)
        #expect(client.state.consecutiveFailures == 0)
        // Nine requests failed; the log tells of one failure and one recovery.
        #expect(fixture.log.entries.map(\.level) == [.warning, .notice])
        #expect(fixture.log.entries.first?.message.contains("server error (500)") == true)
        #expect(fixture.log.entries.first?.metadata["error"] == "server_error")
    }

    @Test func whatFailsIsSeenAndTheTokenIsNot() throws {
        let client = try fixture.client("status_401+seen")
        #expect(eventually { client.state.consecutiveFailures >= 3 })
        client.stop(flush: .zero)
        #expect(client.state.lastError == .unauthorised("Unknown token"))
        #expect(!client.state.isHealthy && client.state.lastSuccess == nil)
        #expect(fixture.log.entries.count == 1)
        #expect(!fixture.log.entries.contains { "\($0)".contains("test-token") })
    }

    @Test func rejectedMarksAreKeptApartAndTold() throws {
        let ids = try fixture.record(3)
        let client = try fixture.client("rejecting+told")
        #expect(try eventually { try fixture.outbox.summary.depth == 0 })
        client.stop(flush: .zero)
        #expect(try fixture.marks(.rejected) == ids)
        #expect(client.state.marksRejected == 3)
        #expect(fixture.log.entries.filter { $0.message.contains("person unknown") }.count == 1)
    }

    @Test func resultsForIdsNeverSentAreReportedOnce() throws {
        let ids = try fixture.record(3)
        let client = try fixture.client("foreign_acks+once")
        #expect(eventually { client.state.foreignResults >= 12 })
        client.stop(flush: .zero)
        #expect(try fixture.marks(.pending) == ids)
        #expect(fixture.log.entries.filter { $0.message.contains("not sent") }.count == 1)
    }

    @Test func anOrderlyStopSendsWhatWaits() throws {
        let client = try fixture.client("good+flush")
        #expect(eventually { client.state.isHealthy && client.state.nextAttempt != nil })
        let ids = try fixture.record(250)
        client.stop(flush: .seconds(30))
        #expect(try fixture.stored("good+flush") == ids)
        #expect(try fixture.outbox.summary.depth == 0)
        client.stop(flush: .seconds(30))
    }

    @Test func aStopDoesNotWaitForASilentServer() throws {
        let ids = try fixture.record(3)
        let limits = TransferLimits(total: .seconds(600), stallTime: .seconds(600))
        let client = try fixture.client("silent+stop2", limits: limits)
        #expect(try eventually { try fixture.server.seen("silent+stop2").requests["roster"] == 1 })
        // The flush hangs too: only its own bound, not the request's ten minutes, lets this test end.
        client.stop(flush: .milliseconds(200))
        #expect(try fixture.marks(.pending) == ids)
        #expect(try fixture.server.seen("silent+stop2").requests["marks"] == 1)
        #expect(fixture.log.entries.last?.message == "marks that wait stay in the outbox")
    }

    @Test func aBrokenRosterHoldsUpNoMark() throws {
        let client = try fixture.client("status_500@roster")
        defer { client.stop(flush: .zero) }
        #expect(eventually { client.state.consecutiveFailures >= 10 })
        let ids = try fixture.record(3)
        client.markRecorded()
        #expect(try eventually { try fixture.stored("status_500@roster") == ids })
        #expect(client.state.errors.keys.map(\.self) == [.roster])
    }

    @Test func theThreadShowsThatItMovesOn() throws {
        let client = try fixture.client("good+beat")
        defer { client.stop(flush: .zero) }
        let start = client.lastBeat
        #expect(eventually { client.lastBeat > start })
        #expect(client.lastBeat <= BootClock.now)
    }
}
