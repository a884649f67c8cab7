import SyncProtocol
import TestSupport

@testable import Terminal

/// A terminal with the real schedule; its outbox is a row of moments.
struct SimulatedTerminal: Sendable {
    private var schedule: SyncSchedule
    private var random: SplitMix
    /// For what asks nobody.
    private var otherRandom: SplitMix
    /// When marks are made, in order.
    let marks: [Duration]
    /// So many of them are in the outbox.
    private var recorded = 0
    /// So many have left it again.
    private(set) var acknowledged = 0
    /// So many are on the server.
    private(set) var stored = 0
    /// When the server's answers to marks came, and how many had left the outbox then.
    private var deliveries: [(at: Duration, acknowledged: Int)] = []

    init(seed: Int, start: Duration, marks: [Duration]) {
        schedule = SyncSchedule(intervals: SyncIntervals(), backoff: Backoff(), now: start)
        random = SplitMix(seed: UInt64(seed))
        otherRandom = SplitMix(seed: ~UInt64(seed))
        self.marks = marks
    }

    /// When the last of the marks made before a moment has left the outbox; nil when it has not.
    func delivered(marksBefore moment: Duration) -> Duration? {
        let count = marks.prefix { $0 < moment }.count
        return count == 0 ? .zero : deliveries.first { $0.acknowledged >= count }?.at
    }

    /// Marks in the outbox.
    var waiting: Int { recorded - acknowledged }

    /// When it does something next.
    var next: Duration { recorded < marks.count ? min(schedule.next, marks[recorded]) : schedule.next }

    /// What `SyncLoop` does in one round; returns when it is done.
    mutating func round(
        at start: Duration, mood: ServerMood, back: Duration, request: (Duration) -> Void
    ) -> Duration {
        var now = start
        let before = recorded
        while recorded < marks.count, marks[recorded] <= now { recorded += 1 }
        if recorded > before { schedule.markRecorded(at: now) }
        for step in SyncStep.allCases where schedule.isDue(step, at: now) {
            // It has no unsure walk-bys, for which nobody is asked.
            guard step != .walkBys else {
                schedule.ended(step, with: .nothingToDo, at: now, random: &otherRandom)
                continue
            }
            guard step != .marks || recorded > acknowledged else {
                schedule.ended(.marks, with: .nothingToDo, at: now, random: &random)
                continue
            }
            request(now)
            let answer = mood.answer(at: now, back: back)
            now += answer.after
            if step == .marks, mood.storesMarks { stored = recorded }
            guard let error = answer.error else {
                schedule.ended(step, with: .done, at: now, random: &random)
                if step == .marks {
                    acknowledged = recorded
                    deliveries.append((now, acknowledged))
                }
                continue
            }
            schedule.failed(step, with: error, at: now, random: &random)
        }
        return now
    }
}
