import Attendance
import Capture
import Foundation
import Testing

@testable import Terminal

/// Unsure walk-bys on their way to the server, over TLS: behind marks, once each, and never in the way of anything.
struct WalkBySyncTests {
    private let fixture: SyncFixture

    init() throws { fixture = try SyncFixture() }

    /// Records walk-bys of different people; returns their ids.
    @discardableResult
    private func record(_ count: Int) throws -> Set<UUID> {
        var ids: Set<UUID> = []
        for number in 0..<count {
            let walkBy = UnsureWalkBy.sample(after: Int64(number))
            #expect(try fixture.outbox.record(walkBy))
            ids.insert(walkBy.id)
        }
        return ids
    }

    private func walkBys(_ state: WalkByState) throws -> Set<UUID> {
        Set(try fixture.outbox.recentWalkBys(limit: 10_000).filter { $0.state == state }.map(\.walkBy.id))
    }

    private static let quick = SyncIntervals(
        roster: .seconds(3600), marks: .milliseconds(50), heartbeat: .milliseconds(50), walkBys: .milliseconds(20))

    @Test func theyAreSentInBatchesBehindTheMarks() throws {
        let marks = try fixture.record(250)
        let ids = try record(230)
        let client = try fixture.client("good+walkbys")
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try walkBys(.pending).isEmpty && client.state.isHealthy })
        #expect(try fixture.stored("good+walkbys") == marks.union(ids))
        #expect(try walkBys(.acknowledged) == ids && fixture.marks(.acknowledged) == marks)
        let requests = try fixture.server.seen("good+walkbys").requests
        #expect(requests["walk-bys"] == 3 && requests["marks"] == 2)
        #expect(client.state.marksTaken == 250)
    }

    @Test func nothingIsAskedWhereNothingWaits() throws {
        let client = try fixture.client("good+nowalkbys", intervals: Self.quick)
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try fixture.server.seen("good+nowalkbys").requests["heartbeat", default: 0] > 5 })
        #expect(try fixture.server.seen("good+nowalkbys").requests["walk-bys"] == nil)
    }

    @Test func aLostReplyDoublesNothing() throws {
        let ids = try record(5)
        let client = try fixture.client("lost_walk_bys+once")
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try walkBys(.pending).isEmpty })
        #expect(try fixture.stored("lost_walk_bys+once") == ids)
        #expect(try fixture.server.seen("lost_walk_bys+once").stored.values.allSatisfy { $0 == 2 }, "sent twice")
    }

    /// A server from before them: they wait, it is asked once, and all else goes on.
    @Test func anOlderServerHarmsNothing() throws {
        let (marks, ids) = (try fixture.record(3), try record(2))
        let client = try fixture.client("old_server+walkbys", intervals: Self.quick)
        defer { client.stop(flush: .zero) }
        #expect(try eventually { try fixture.server.seen("old_server+walkbys").requests["heartbeat", default: 0] > 10 })
        let more = try fixture.record(2)
        client.markRecorded()
        #expect(try eventually { try fixture.stored("old_server+walkbys") == marks.union(more) })
        #expect(try fixture.server.seen("old_server+walkbys").requests["walk-bys"] == 1)
        #expect(try walkBys(.pending) == ids)
        #expect(client.state.isHealthy && client.state.consecutiveFailures == 0 && client.state.lastError == nil)
        let told = fixture.log.entries.filter { $0.message.contains("update rollcall-server") }
        #expect(told.map(\.level) == [.notice])
        #expect(WalkBySender.rest == .seconds(21_600))
    }

    @Test func marksThatAreNotTakenHoldThemBack() throws {
        try fixture.record(1)
        try record(1)
        let client = try fixture.client("status_500@marks+walkbys", intervals: Self.quick)
        defer { client.stop(flush: .zero) }
        #expect(eventually { client.state.consecutiveFailures >= 5 })
        #expect(try fixture.server.seen("status_500@marks+walkbys").requests["walk-bys"] == nil)
    }

    @Test func aBrokenEndpointHoldsUpNoMark() throws {
        let ids = try record(1)
        let client = try fixture.client("status_500@walk-bys", intervals: Self.quick)
        defer { client.stop(flush: .zero) }
        #expect(eventually { client.state.consecutiveFailures >= 5 })
        let marks = try fixture.record(3)
        client.markRecorded()
        #expect(try eventually { try fixture.stored("status_500@walk-bys") == marks })
        #expect(try walkBys(.pending) == ids && client.state.errors.keys.map(\.self) == [.walkBys])
    }

    @Test func strangeAnswersChangeNothingAndRejectedOnesEnd() throws {
        let ids = try record(2)
        let client = try fixture.client("strange_walk_bys+all", intervals: Self.quick)
        #expect(try eventually { try walkBys(.rejected) == ids })
        client.stop(flush: .zero)
        #expect(fixture.log.entries.contains { $0.message == "server rejected 2 unsure walk-bys (nobody)" })
    }

    @Test(arguments: ["endless_body", "deep_json", "bad_utf8", "not_json", "gzip_bomb", "huge_numbers", "truncated"])
    func aHostileServerGetsNothingOutOfThem(name: String) throws {
        let ids = try record(3)
        let client = try fixture.client("\(name)@walk-bys", intervals: Self.quick)
        #expect(eventually { client.state.errors[.walkBys] != nil })
        client.stop(flush: .zero)
        #expect(try walkBys(.pending) == ids)
    }
}
