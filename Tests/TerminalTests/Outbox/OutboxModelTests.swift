import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Terminal

@Suite struct OutboxModelTests {
    @Test("Random work leaves what a simple model says", arguments: 1...25 as ClosedRange<UInt64>)
    func randomWork(seed: UInt64) throws {
        let folder = try OutboxFolder()
        var outbox = try folder.open()
        var model = OutboxModel()
        var numbers = SplitMix(seed: seed)
        let people = (0..<4).map { _ in UUID() }
        let boots = [UUID(), UUID()]
        var seconds: Int64 = 0
        var given: [Mark] = []

        for _ in 0..<100 {
            seconds += 1
            switch Int.random(in: 0..<10, using: &numbers) {
            case 0...4:
                let clock: ClockTrust = Bool.random(using: &numbers) ? .synchronised : .unknown
                // Times come out of order, each only once, over three days.
                let after =
                    Int64.random(in: 0..<3, using: &numbers) * 86_400
                    + Int64.random(in: 0..<2, using: &numbers) * 4000 + seconds * 7 % 1001
                let mark = Mark.sample(
                    people.randomElement(using: &numbers)!, after: after, clock: clock,
                    boot: boots.randomElement(using: &numbers)!)
                given.append(mark)
                #expect(try outbox.record(mark) == model.record(mark))
            case 5:
                guard let mark = given.randomElement(using: &numbers) else { continue }
                #expect(try outbox.record(mark) == model.record(mark))
            case 6:
                let boot = boots[0]
                let limit = Int.random(in: 0...8, using: &numbers)
                let bootTime = Int64.random(in: 0...200_000, using: &numbers) * 1_000_000_000
                let batch = try outbox.nextBatch(limit: limit, currentBoot: boot, bootTime: bootTime)
                #expect(batch == model.batch(limit: limit, boot: boot, bootTime: bootTime))
            case 7:
                var results = given.shuffled(using: &numbers).prefix(12).map {
                    MarkResult(id: $0.id, result: [.accepted, .duplicate, .rejected].randomElement(using: &numbers)!)
                }
                results += [.accepted(UUID())]
                #expect(try outbox.acknowledge(results) == model.acknowledge(results))
            case 8:
                func truth(_ mark: Mark) -> Mark {
                    var mark = mark
                    mark.at = mark.at.later(seconds: 3 * 86_400 + 5)
                    mark.session = SessionID(of: mark.at)
                    mark.clock = .server
                    return mark
                }
                let count = try outbox.resolveTimes(boot: boots[0]) { .resolved(truth($0)) }
                #expect(count == model.resolve(boot: boots[0]) { .resolved(truth($0)) })
            default:
                outbox.close()
                outbox = try folder.open()
                model.restart()
            }
            let rows = try outbox.recentMarks(limit: 10_000).reversed()
            #expect(Array(rows) == model.rows)
        }
        try checkPromise(outbox, given)
    }

    /// Whatever happened: nothing that was taken is gone, and of each person's known marks of a session the earliest that
    /// the server did not refuse is with the server or on its way.
    private func checkPromise(_ outbox: Outbox, _ given: [Mark]) throws {
        let rows = try outbox.recentMarks(limit: 10_000)
        let pending = rows.filter { $0.state == .pending }
        #expect(Set(pending.map(\.mark.key)).count == pending.count)
        for (key, marks) in Dictionary(grouping: rows.filter { $0.state != .rejected }, by: \.mark.key) {
            let first = try #require(marks.min { $0.mark.at < $1.mark.at })
            let isBehindRejected = rows.contains { $0.mark.key == key && $0.state == .rejected }
            #expect(isBehindRejected || first.state != .superseded)
        }
        for mark in given where mark.clock.isKnown {
            #expect(rows.contains { $0.mark.key == mark.key && $0.mark.at <= mark.at })
        }
    }
}
