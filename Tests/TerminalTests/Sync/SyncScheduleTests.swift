import TestSupport
import Testing

@testable import Terminal

struct SyncScheduleTests {
    private let intervals = SyncIntervals(roster: .seconds(60), marks: .seconds(5), heartbeat: .seconds(30))
    private var random = SplitMix(seed: 1)

    private func schedule() -> SyncSchedule { SyncSchedule(intervals: intervals, now: .seconds(100)) }

    @Test func everythingIsDueAtStart() {
        let schedule = schedule()
        #expect(SyncStep.allCases.allSatisfy { schedule.isDue($0, at: .seconds(100)) })
        #expect(SyncStep.allCases.first == .roster)
    }

    /// A schedule whose steps have all been done.
    private mutating func scheduleInStep() -> SyncSchedule {
        var schedule = schedule()
        for step in SyncStep.allCases { schedule.ended(step, with: .done, at: .seconds(100), random: &random) }
        return schedule
    }

    @Test mutating func aRoundIsAQuarterLongerOrShorterAtRandom() {
        var rounds: Set<Duration> = []
        for _ in 0..<1000 {
            let schedule = scheduleInStep()
            for step in SyncStep.allCases {
                #expect(!schedule.isDue(step, at: .seconds(100) + intervals[step] * 3 / 4 - .nanoseconds(1)))
                #expect(schedule.isDue(step, at: .seconds(100) + intervals[step] * 5 / 4))
            }
            rounds.insert(schedule.next)
        }
        #expect((rounds.min() ?? .zero) < .milliseconds(103_800) && (rounds.max() ?? .zero) > .milliseconds(106_200))
        #expect(rounds.count > 500)
    }

    @Test mutating func aNewMarkGoesAtOnceWhenHealthy() {
        var schedule = scheduleInStep()
        schedule.markRecorded(at: .seconds(101))
        #expect(schedule.next == .seconds(101))
        #expect(schedule.isDue(.marks, at: .seconds(101)) && !schedule.isDue(.roster, at: .seconds(101)))
    }

    @Test mutating func aNewMarkDoesNotCutABackOffShort() {
        var schedule = scheduleInStep()
        schedule.failed(
            .marks, with: .serverError(503, retryAfter: .seconds(40), nil), at: .seconds(110), random: &random)
        schedule.markRecorded(at: .seconds(111))
        #expect(schedule.next >= .seconds(150) && schedule.next <= .seconds(210))
    }

    @Test mutating func whatMayWaitHoldsNoMarkBack() {
        for error in [SyncError.serverError(503, retryAfter: .seconds(10), nil), .timedOut("")] {
            var schedule = scheduleInStep()
            schedule.failed(.walkBys, with: error, at: .seconds(101), random: &random)
            schedule.markRecorded(at: .seconds(102))
            #expect(schedule.isDue(.marks, at: .seconds(102)))
            schedule.failed(.heartbeat, with: error, at: .seconds(102), random: &random)
            #expect(!schedule.isDue(.marks, at: .seconds(102)))
        }
    }

    /// Or a thousand terminals would ask a server that fails more often than one that answers.
    @Test(arguments: SyncStep.allCases.filter { $0 != .walkBys })
    mutating func onceInStepTheFirstFailureWaitsARoundOnAverage(step: SyncStep) {
        var waits = Duration.zero
        for _ in 0..<2000 {
            var schedule = scheduleInStep()
            schedule.failed(step, with: .notReachable(""), at: .seconds(100), random: &random)
            #expect(schedule.next >= .seconds(100) && schedule.next <= .seconds(160))
            waits += schedule.next - .seconds(100)
        }
        // The shorter of the rounds of roster and heartbeat is 30 s; the standard deviation of the mean is 0.4 s.
        #expect(waits / 2000 > .seconds(28) && waits / 2000 < .seconds(32), "\(waits / 2000)")
    }

    @Test mutating func beforeTheFirstAnswerFailuresWaitFromOneSecondOn() {
        for _ in 0..<100 {
            var schedule = schedule()
            schedule.failed(.roster, with: .notReachable(""), at: .seconds(100), random: &random)
            #expect(schedule.next <= .seconds(101))
            schedule.ended(.marks, with: .nothingToDo, at: .seconds(101), random: &random)
            schedule.failed(.roster, with: .notReachable(""), at: .seconds(101), random: &random)
            #expect(schedule.next <= .seconds(103), "nobody was asked")
        }
    }

    @Test mutating func anErrorOfTheLinkHoldsEveryStep() {
        for error in [
            SyncError.notReachable(""), .timedOut(""), .certificate(.wrongName), .unauthorised(nil), .gone(nil),
            .redirected(302, to: nil), .tooManyRequests(retryAfter: .seconds(9), nil),
        ] {
            var schedule = schedule()
            for _ in 0..<20 { schedule.failed(.roster, with: error, at: .seconds(100), random: &random) }
            let held = schedule.next
            #expect(held > .seconds(100), "\(error)")
            #expect(SyncStep.allCases.allSatisfy { !schedule.isDue($0, at: held - .nanoseconds(1)) })
            #expect(SyncStep.allCases.allSatisfy { schedule.isDue($0, at: held) })
        }
    }

    @Test mutating func anErrorOfOneStepHoldsThatStepOnly() {
        for error in [SyncError.serverError(500, retryAfter: nil, nil), .tooLarge(""), .badReply(""), .notFound(nil)] {
            var schedule = schedule()
            for _ in 0..<20 { schedule.failed(.roster, with: error, at: .seconds(100), random: &random) }
            #expect(!schedule.isDue(.roster, at: .seconds(100)))
            #expect(schedule.isDue(.marks, at: .seconds(100)) && schedule.isDue(.heartbeat, at: .seconds(100)))
        }
    }

    @Test mutating func successOfAnyStepEndsTheHoldButNotTheBackOffOfOthers() {
        var schedule = schedule()
        for _ in 0..<12 { schedule.failed(.marks, with: .notReachable(""), at: .seconds(100), random: &random) }
        #expect(schedule.failures == 12)
        let held = schedule.next
        schedule.ended(.roster, with: .done, at: held, random: &random)
        #expect(schedule.failures == 12)
        schedule.ended(.marks, with: .done, at: held, random: &random)
        #expect(schedule.failures == 0)
        #expect(schedule.next == .seconds(100), "the heartbeat is due")
    }

    @Test mutating func aStepThatAskedNobodyDoesNotEndTheHold() {
        var schedule = schedule()
        for _ in 0..<12 { schedule.failed(.roster, with: .unauthorised(nil), at: .seconds(100), random: &random) }
        let held = schedule.next
        schedule.ended(.marks, with: .nothingToDo, at: .seconds(100), random: &random)
        #expect(schedule.next >= held && !schedule.isDue(.heartbeat, at: .seconds(100)))
    }

    @Test mutating func aLargeRosterGoesOnSoonAndLetsMarksIn() {
        var schedule = schedule()
        schedule.ended(.roster, with: .moreToDo, at: .seconds(100), random: &random)
        #expect(schedule.isDue(.marks, at: .seconds(100)))
        #expect(!schedule.isDue(.roster, at: .seconds(100)) && schedule.isDue(.roster, at: .seconds(101)))
    }
}
