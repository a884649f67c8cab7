import Attendance
import Foundation
import SyncProtocol
import Testing

/// What a walk-by may hold, on both sides.
@Suite struct WalkByBatchTests {
    private func received(_ old: String, _ new: String) throws -> ReceivedWalkByBatch {
        try ReceivedWalkByBatch(json: edited(WalkByBatch(walkBys: [Sample.walkBy(1), Sample.walkBy(2)]), old, new))
    }

    @Test func validOnesAreRead() throws {
        let walkBys = try [Sample.walkBy(1), Sample.walkBy(2)]
        let batch = try ReceivedWalkByBatch(json: WalkByBatch(walkBys: walkBys).json())
        #expect(batch.walkBys == walkBys.map { .valid($0) })
    }

    @Test(arguments: [
        ("\"people\":[\"00000000-0000-7000-8000-000000000101\",", "\"people\":[\"Ada\","),
        ("\"00000000-0000-7000-8000-000000000101\"", "\"00000000-0000-7000-8000-000000000201\""),
        ("\"00000000-0000-7000-8000-000000000101\",", ""),
    ])
    func aWrongOneIsKnownByItsIDAndSpoilsNoOther(old: String, new: String) throws {
        let batch = try received(old, new)
        #expect(batch.walkBys.map(\.id) == [Sample.id(1), Sample.id(2)])
        #expect(batch.walkBys[1] == .valid(try Sample.walkBy(2)))
        guard case .invalid(_, let reason) = batch.walkBys[0] else {
            #expect(new.isEmpty, "one person is enough")
            return
        }
        let receipt = WalkByReceipt(results: [.rejected(Sample.id(1), reason: reason)], serverTime: Sample.serverTime)
        #expect(!reason.isEmpty && (try? WalkByReceipt(json: receipt.json())) == receipt)
    }

    @Test(arguments: [
        ("\"people\":[", "\"people\":[\"00000000-0000-7000-8000-000000000777\","),
        ("\"reason\":\"look_alikes\"", "\"reason\":\"bored\""), ("\"detail\":\"two look alike\"", "\"detail\":\"\""),
        ("\"detail\":\"two look alike\"", "\"detail\":\"two\\nlines\""),
        ("\"detail\":\"two look alike\"", "\"detail\":\"two\\u2028lines\""),
        ("\"detail\":\"two look alike\"", "\"detail\":\"\(String(repeating: "é", count: 101))\""),
        ("\"shots\":3", "\"shots\":-1"), ("\"score\":0.5", "\"score\":1e999"), ("\"score\":0.5", "\"score\":1000.5"),
        ("\"at_ms\":1788253200000", "\"at_ms\":-1"), ("\"boot_time_ns\":5000000000", "\"boot_time_ns\":-1"),
        ("\"clock\":\"server\"", "\"clock\":\"sundial\""), ("\"session\":\"2026-09-01\"", "\"session\":\"2026-02-30\""),
    ])
    func whatIsOutOfItsRangeIsRefused(old: String, new: String) throws {
        let batch = try received(old, new)
        #expect(
            batch.walkBys.allSatisfy {
                guard case .invalid = $0 else { return false }
                return true
            })
    }

    @Test(arguments: [
        ("\"id\":\"00000000-0000-7000-8000-000000000002\"", "\"id\":\"2\""),
        ("\"id\":\"00000000-0000-7000-8000-000000000002\",", ""),
        ("\"id\":\"00000000-0000-7000-8000-000000000002\"", "\"id\":\"00000000-0000-7000-8000-000000000001\""),
    ])
    func withoutAnIDOfItsOwnTheBatchIsRefused(old: String, new: String) throws {
        #expect(throws: SyncProtocolError.self) { try received(old, new) }
    }

    @Test func theLimitsHold() throws {
        for count in [0, WalkByBatch.maximumWalkBys + 1] {
            let walkBys = try (0..<count).map { try Sample.walkBy($0) }
            #expect(throws: SyncProtocolError.self) { try WalkByBatch(walkBys: walkBys).json() }
            let ids = (0..<count).map { "{\"id\":\"\(Sample.id($0))\"}" }.joined(separator: ",")
            let error = SyncProtocolError.invalid(
                message: "walk-by batch", path: "walk_bys", reason: "\(count) of them")
            #expect(throws: error) { try ReceivedWalkByBatch(json: Array("{\"walk_bys\":[\(ids)]}".utf8)) }
            let results = (0..<count).map { MarkResult.accepted(Sample.id($0)) }
            if count > 0 {
                #expect(throws: SyncProtocolError.self) {
                    try WalkByReceipt(results: results, serverTime: Sample.serverTime).json()
                }
            }
        }
        var bad = try Sample.walkBy(1)
        bad.people = []
        let nobody = bad
        #expect(throws: SyncProtocolError.self) { try WalkByBatch(walkBys: [nobody]).json() }
        let twice = try [Sample.walkBy(1), Sample.walkBy(1)]
        #expect(throws: SyncProtocolError.self) { try WalkByBatch(walkBys: twice).json() }
    }
}
