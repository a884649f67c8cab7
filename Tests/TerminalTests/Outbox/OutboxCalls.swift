import Attendance
import FoundationEssentials
import SyncProtocol
import TestSupport

@testable import Terminal

/// Calls of an outbox at random, as a terminal makes them.
struct OutboxCalls {
    /// A call of the outbox, and the same of the model.
    struct Call {
        let make: (Outbox) throws(OutboxError) -> Answer
        let expect: (inout OutboxModel) -> Answer
    }

    /// What a call returns.
    enum Answer: Equatable {
        case recorded(RecordResult)
        case batch([Mark])
        case acknowledged(AcknowledgeSummary)
        case changed(Int)
    }

    let clock = TestClock()
    /// Marks that were given to the outbox.
    var given: [Mark] = []
    private var numbers: SplitMix
    private var count: Int64 = 0
    private let people: [UUID]
    private let boots: [UUID]

    init(seed: UInt64) {
        var numbers = SplitMix(seed: ~seed)
        people = (0..<6).map { _ in UUIDv7.make(at: .monday, using: &numbers) }
        boots = (0..<2).map { _ in UUIDv7.make(at: .monday, using: &numbers) }
        self.numbers = numbers
    }

    /// The next call; half of them bring new marks.
    mutating func next(_ model: OutboxModel) -> Call {
        count += 1
        clock.now = clock.now.later(seconds: random(0...3600))
        switch random(0...19) {
        case 0...9: return record(newMark())
        case 10: return record(given.randomElement(using: &numbers) ?? newMark())
        case 11...13: return batch()
        case 14...16: return acknowledge(model.inFlight)
        case 17...18: return resolve()
        default: return prune()
        }
    }

    private mutating func random(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &numbers) }

    /// Times come out of order, each only once, over four days, so that earlier marks of a person's session come late.
    private mutating func newMark() -> Mark {
        let after = random(0...3) * 86_400_000 + random(0...3000) * 1000 + count
        let at = Instant.monday.advanced(byMilliseconds: after)
        let mark = Mark(
            id: UUIDv7.make(at: at, using: &numbers), person: people[Int(random(0...5))], session: SessionID(of: at),
            at: at, status: random(0...1) == 0 ? .present : .late, bootID: boots[Int(random(0...1))],
            bootTime: after * 1_000_000, clock: random(0...2) == 0 ? .unknown : .synchronised, shots: 3, score: 0.5)
        given.append(mark)
        return mark
    }

    private func record(_ mark: Mark) -> Call {
        Call { outbox throws(OutboxError) in
            .recorded(try outbox.record(mark))
        } expect: {
            .recorded($0.record(mark))
        }
    }

    private mutating func batch() -> Call {
        let limit = Int(random(0...40))
        let bootTime = random(0...400_000) * 1_000_000_000
        let boot = boots[0]
        return Call { outbox throws(OutboxError) in
            .batch(try outbox.nextBatch(limit: limit, currentBoot: boot, bootTime: bootTime))
        } expect: {
            .batch($0.batch(limit: limit, boot: boot, bootTime: bootTime))
        }
    }

    /// An answer to some of the marks in flight, and to one that nobody has sent.
    private mutating func acknowledge(_ inFlight: Set<UUID>) -> Call {
        var results = [MarkResult.accepted(boots[0])]
        for id in inFlight.sorted(by: { $0.uuidString < $1.uuidString }) {
            switch random(0...9) {
            case 0...6: results.append(.accepted(id))
            case 7: results.append(.duplicate(id))
            case 8: results.append(.rejected(id, reason: "at_ms is in the future"))
            default: break
            }
        }
        let answer = results
        return Call { outbox throws(OutboxError) in
            .acknowledged(try outbox.acknowledge(answer))
        } expect: {
            .acknowledged($0.acknowledge(answer))
        }
    }

    /// The clock becomes known: three days and five seconds later than thought, for some persons on a day without school.
    private func resolve() -> Call {
        let boot = boots[0]
        let absent = people[0]
        func resolution(_ mark: Mark) -> TimeResolution {
            var resolved = mark
            resolved.at = mark.at.later(seconds: 3 * 86_400 + 5)
            resolved.session = SessionID(of: resolved.at)
            resolved.clock = .server
            return mark.person == absent ? .noSchool(at: resolved.at) : .resolved(resolved)
        }
        return Call { outbox throws(OutboxError) in
            .changed(try outbox.resolveTimes(boot: boot, resolution))
        } expect: {
            .changed($0.resolve(boot: boot, resolution))
        }
    }

    private mutating func prune() -> Call {
        let moment = clock.now.later(seconds: -random(0...7200))
        let today = SessionID(of: Instant.monday.later(seconds: random(1...5) * 86_400))
        return Call { outbox throws(OutboxError) in
            .changed(try outbox.prune(acknowledgedBefore: moment, today: today))
        } expect: {
            .changed($0.prune(before: moment, today: today))
        }
    }
}
