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

    @Test func successWaitsForTheInterval() {
        var schedule = schedule()
        for step in SyncStep.allCases { schedule.ended(step, with: .done, at: .seconds(100)) }
        #expect(schedule.next == .seconds(105))
        #expect(schedule.isDue(.marks, at: .seconds(105)))
        #expect(!schedule.isDue(.roster, at: .seconds(159)) && schedule.isDue(.roster, at: .seconds(160)))
        #expect(!schedule.isDue(.heartbeat, at: .seconds(129)) && schedule.isDue(.heartbeat, at: .seconds(130)))
    }

    @Test func aNewMarkGoesAtOnceWhenHealthy() {
        var schedule = schedule()
        for step in SyncStep.allCases { schedule.ended(step, with: .done, at: .seconds(100)) }
        schedule.markRecorded(at: .seconds(101))
        #expect(schedule.next == .seconds(101))
        #expect(schedule.isDue(.marks, at: .seconds(101)) && !schedule.isDue(.roster, at: .seconds(101)))
    }

    @Test mutating func aNewMarkDoesNotCutABackOffShort() {
        var schedule = schedule()
        for step in SyncStep.allCases { schedule.ended(step, with: .done, at: .seconds(100)) }
        schedule.failed(
            .marks, with: .serverError(503, retryAfter: .seconds(40), nil), at: .seconds(110), random: &random)
        schedule.markRecorded(at: .seconds(111))
        #expect(schedule.next >= .seconds(150) && schedule.next <= .seconds(151))
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
        schedule.ended(.roster, with: .done, at: held)
        #expect(schedule.failures == 12)
        schedule.ended(.marks, with: .done, at: held)
        #expect(schedule.failures == 0)
        #expect(schedule.next == min(held + .seconds(5), .seconds(100)))
    }

    @Test mutating func aStepThatAskedNobodyDoesNotEndTheHold() {
        var schedule = schedule()
        for _ in 0..<12 { schedule.failed(.roster, with: .unauthorised(nil), at: .seconds(100), random: &random) }
        let held = schedule.next
        schedule.ended(.marks, with: .nothingToDo, at: .seconds(100))
        #expect(schedule.next >= held && !schedule.isDue(.heartbeat, at: .seconds(100)))
    }

    @Test func aLargeRosterGoesOnSoonAndLetsMarksIn() {
        var schedule = schedule()
        schedule.ended(.roster, with: .moreToDo, at: .seconds(100))
        #expect(schedule.isDue(.marks, at: .seconds(100)))
        #expect(!schedule.isDue(.roster, at: .seconds(100)) && schedule.isDue(.roster, at: .seconds(101)))
    }
}
