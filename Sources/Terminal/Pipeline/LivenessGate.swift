import Capture
import Faces
import Identification

/// Whether, and for how long, a mark waits for a face to prove alive.
public struct LivenessPolicy: Sendable, Equatable {
    /// Off: nobody is held back, and liveness costs nothing.
    public var mode = LivenessMode.off
    /// Share of living people's walk-bys that may be called suspicious (BPCER).
    public var budget = LivenessEvidence.defaultBudget
    /// From the first look on: then a face against which nothing speaks is let through, although too little was seen.
    public var patience: Duration = .milliseconds(700)
    /// For so long after a suspicious face too little seen lets nobody through: the same picture may have begun
    /// another track.
    public var memory: Duration = .seconds(3)
    /// For so long a face is looked at: no longer walk-by needs more.
    public var longest: Duration = .seconds(5)

    /// The defaults.
    public init() {}
}

/// One walk-by's liveness, and the recognition that waits for it.
struct LivenessGate {
    private var evidence = LivenessEvidence()
    private var firstLook: Duration?
    private var isOver = false
    /// Who is recognised and not yet let through.
    private(set) var waiting: Candidate?

    /// Whether another look would say more.
    func wantsLook(at time: Duration, policy: LivenessPolicy) -> Bool {
        guard policy.mode == .on, !isOver else { return false }
        return firstLook.map { time - $0 <= policy.longest } ?? true
    }

    mutating func add(_ frame: Frame, landmarks: Landmarks, box: FaceBox) {
        if firstLook == nil { firstLook = frame.bootTime }
        evidence.add(frame, landmarks: landmarks, box: box, time: frame.bootTime)
    }

    /// Holds a recognition back until `release` gives it.
    mutating func hold(_ candidate: Candidate) { waiting = candidate }

    /// The recognition that waits, once the face is alive, or nothing speaks against it for long enough.
    /// - Parameter isWatched: a suspicious face was seen a moment ago.
    mutating func release(at time: Duration, policy: LivenessPolicy, isWatched: Bool) -> Candidate? {
        guard let candidate = waiting else { return nil }
        switch evidence.verdict(budget: policy.budget) {
        case .suspicious: return nil
        case .live: break
        case .notEnough:
            guard !isWatched, let firstLook, time - firstLook >= policy.patience else { return nil }
        }
        waiting = nil
        isOver = true
        return candidate
    }

    /// Why the recognition that waits at the track's end is no mark; nil when it is one.
    func refusal(policy: LivenessPolicy, watchedFor: LivenessReason?) -> LivenessReason? {
        switch evidence.verdict(budget: policy.budget) {
        case .suspicious(let reason): reason
        case .live: nil
        case .notEnough: watchedFor
        }
    }

    /// The reason for which the face is suspicious now, if it is.
    func suspicion(policy: LivenessPolicy) -> LivenessReason? {
        guard policy.mode == .on, case .suspicious(let reason) = evidence.verdict(budget: policy.budget) else {
            return nil
        }
        return reason
    }

    /// Another roster: whoever was recognised means nothing in it. What the face showed stays.
    mutating func forgetCandidate() {
        waiting = nil
        isOver = false
    }
}
