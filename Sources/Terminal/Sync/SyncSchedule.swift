/// What the terminal does with the server, in the order in which it does it.
public enum SyncStep: String, Sendable, CaseIterable {
    /// Ask for changes of the roster; the reply also tells the server's time, which marks of before may wait for.
    case roster
    /// Send the marks of the outbox.
    case marks
    /// Send the unsure walk-bys of the outbox.
    case walkBys
    /// Tell the terminal's health.
    case heartbeat
}

/// How often each step is done while nothing fails, on average: each round is a quarter longer or shorter at random.
public struct SyncIntervals: Sendable, Equatable {
    /// How long until changes of the roster are asked for again.
    public var roster: Duration
    /// How long at most until marks that wait are looked for again; a new mark is sent at once.
    public var marks: Duration
    /// How long from one heartbeat to the next.
    public var heartbeat: Duration
    /// How long until unsure walk-bys that wait are looked for again.
    public var walkBys: Duration

    /// Every minute, and every five seconds for marks.
    public init(
        roster: Duration = .seconds(60), marks: Duration = .seconds(5), heartbeat: Duration = .seconds(60),
        walkBys: Duration = .seconds(60)
    ) {
        self.roster = roster
        self.marks = marks
        self.heartbeat = heartbeat
        self.walkBys = walkBys
    }

    subscript(step: SyncStep) -> Duration {
        switch step {
        case .roster: roster
        case .marks: marks
        case .walkBys: walkBys
        case .heartbeat: heartbeat
        }
    }
}

/// How a step ended that has not failed.
enum StepOutcome: Sendable {
    /// The server has answered.
    case done
    /// The server has answered, and the step goes on soon.
    case moreToDo
    /// The server was not asked.
    case nothingToDo
}

/// Which step is due when. Pure; all times are on the boot clock.
///
/// Each step has a back-off of its own, so that a roster the server cannot give holds up no mark. An error of the whole
/// link (no network, wrong certificate, token refused, "leave me alone") holds all steps.
///
/// A thousand terminals share one server. They stay out of step, whatever brought them into step, because no two rounds
/// are of one length; and together they ask a server that fails no more often than one that answers, because the wait
/// after a failure is then, on average, at least a round. A terminal that has had no answer yet tries sooner: at boot
/// the network is seconds late.
struct SyncSchedule: Sendable {
    private struct Entry {
        var due: Duration
        var backoff: Backoff
    }

    /// How long to wait for the rest of what is too large for one go: the pages of a roster, many walk-bys.
    static let pause = Duration.seconds(1)

    let intervals: SyncIntervals
    private var roster: Entry
    private var marks: Entry
    private var walkBys: Entry
    private var heartbeat: Entry
    private var held: Duration?

    /// Everything is due now.
    init(intervals: SyncIntervals, backoff: Backoff = Backoff(), now: Duration) {
        self.intervals = intervals
        roster = Entry(due: now, backoff: backoff)
        marks = roster
        walkBys = roster
        heartbeat = roster
    }

    /// When the next step is due.
    var next: Duration {
        let due = min(roster.due, marks.due, walkBys.due, heartbeat.due)
        return max(due, held ?? due)
    }

    /// True when it is time for the step.
    func isDue(_ step: SyncStep, at now: Duration) -> Bool {
        self[step].due <= now && held.map { $0 <= now } ?? true
    }

    /// The most failures in a row that any step has had.
    var failures: Int {
        SyncStep.allCases.map { self[$0].backoff.failures }.max() ?? 0
    }

    /// A mark is in the outbox: it goes at once, unless marks have just failed.
    mutating func markRecorded(at now: Duration) {
        if marks.backoff.failures == 0 { marks.due = min(marks.due, now) }
    }

    /// The step has not failed. Only an answer of the server shows that the link works again.
    mutating func ended(
        _ step: SyncStep, with outcome: StepOutcome, at now: Duration, random: inout some RandomNumberGenerator
    ) {
        if outcome != .nothingToDo {
            held = nil
            // Waits are drawn evenly from zero on: half of this, a round, on average.
            let least = min(intervals.roster, intervals.heartbeat) * 2
            for step in SyncStep.allCases { self[step].backoff.leastCeiling = least }
        }
        self[step].backoff.succeeded()
        self[step].due = now + (outcome == .moreToDo ? Self.pause : round(of: step, random: &random))
    }

    private func round(of step: SyncStep, random: inout some RandomNumberGenerator) -> Duration {
        let milliseconds = intervals[step].wholeMilliseconds
        return .milliseconds(Int64.random(in: milliseconds * 3 / 4...milliseconds * 5 / 4, using: &random))
    }

    /// The step has failed; it is tried again after its back-off, and all the others with it when the link is at fault. Walk-bys
    /// hold nobody up: the server takes marks before them, and what is really broken shows at the next mark.
    mutating func failed(
        _ step: SyncStep, with error: SyncError, at now: Duration, random: inout some RandomNumberGenerator
    ) {
        self[step].due = now + self[step].backoff.failed(retryAfter: error.retryAfter, random: &random)
        if error.holdsAll, step != .walkBys { held = self[step].due }
    }

    private subscript(step: SyncStep) -> Entry {
        get {
            switch step {
            case .roster: roster
            case .marks: marks
            case .walkBys: walkBys
            case .heartbeat: heartbeat
            }
        }
        set {
            switch step {
            case .roster: roster = newValue
            case .marks: marks = newValue
            case .walkBys: walkBys = newValue
            case .heartbeat: heartbeat = newValue
            }
        }
    }
}

extension SyncError {
    /// True for an error that every request would meet, whatever it asks for.
    var holdsAll: Bool {
        switch self {
        case .badAddress, .badToken, .notReachable, .timedOut, .certificate, .noTLS, .unauthorised, .gone,
            .tooManyRequests, .redirected, .cancelled:
            true
        case .serverError(_, let wait, _): wait != nil
        case .forbidden, .notFound, .refused, .tooLarge, .badReply, .badMessage, .storage: false
        }
    }
}
