import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Terminal

/// What the outbox should hold, kept in an array.
private struct OutboxModel {
    var rows: [(mark: Mark, state: MarkState)] = []
    var inFlight: Set<UUID> = []

    mutating func record(_ mark: Mark) -> RecordResult {
        if rows.contains(where: { $0.mark.id == mark.id }) { return .recorded }
        if let other = place(mark) { return .alreadyMarked(other) }
        rows.append((mark, .pending))
        return .recorded
    }

    /// Who stays instead of the mark, or nil after the others have yielded.
    private mutating func place(_ mark: Mark) -> UUID? {
        let others = rows.indices.filter {
            rows[$0].mark.key == mark.key && rows[$0].mark.id != mark.id
                && (rows[$0].state == .pending || rows[$0].state == .acknowledged)
        }
        if let first = others.first(where: { rows[$0].mark.at <= mark.at }) { return rows[first].mark.id }
        for index in others where rows[index].state == .pending { rows[index].state = .superseded }
        return nil
    }

    mutating func batch(limit: Int, boot: UUID, bootTime: Int64, hold: Int64) -> [Mark] {
        let ready = rows.filter {
            $0.state == .pending
                && ($0.mark.clock != .unknown || $0.mark.bootID != boot || bootTime - $0.mark.bootTime >= hold)
        }
        let marks = ready.prefix(limit).map(\.mark)
        inFlight = Set(marks.map(\.id))
        return marks
    }

    mutating func acknowledge(_ results: [MarkResult]) -> AcknowledgeSummary {
        var summary = AcknowledgeSummary()
        for result in results {
            guard inFlight.remove(result.id) != nil, let index = rows.firstIndex(where: { $0.mark.id == result.id })
            else {
                summary.unknown += 1
                continue
            }
            rows[index].state = result.result == .rejected ? .rejected : .acknowledged
            if result.result == .rejected { summary.rejected += 1 } else { summary.acknowledged += 1 }
        }
        inFlight = []
        return summary
    }

    mutating func resolve(boot: UUID, _ time: (Mark) -> Mark) {
        let waiting = rows.filter {
            $0.state == .pending && $0.mark.clock == .unknown && $0.mark.bootID == boot
                && !inFlight.contains($0.mark.id)
        }
        for mark in waiting.map(\.mark).sorted(by: { $0.bootTime < $1.bootTime }) {
            let resolved = time(mark)
            let state: MarkState = place(resolved) == nil ? .pending : .superseded
            if let index = rows.firstIndex(where: { $0.mark.id == mark.id }) { rows[index] = (resolved, state) }
        }
    }
}

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
                #expect(batch == model.batch(limit: limit, boot: boot, bootTime: bootTime, hold: Outbox.standardHold))
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
                try outbox.resolveTimes(boot: boots[0]) { .resolved(truth($0)) }
                model.resolve(boot: boots[0], truth)
            default:
                outbox.close()
                outbox = try folder.open()
                model.inFlight = []
            }
            let rows = try outbox.recentMarks(limit: 10_000).reversed()
            #expect(rows.map(\.mark) == model.rows.map(\.mark))
            #expect(rows.map(\.state) == model.rows.map(\.state))
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
