import Capture
import Faces
import Identification

/// Whether, and for how long, a mark waits for a face to prove alive.
public struct LivenessPolicy: Sendable, Equatable {
    /// Off: nobody is held back, and liveness costs nothing.
    public var mode = LivenessMode.off
    /// Share of living people's walk-bys that may be called suspicious (BPCER).
    public var budget = LivenessEvidence.defaultBudget
    /// From the first look on: then a face that is not suspicious is let through, although there are signs both ways.
    public var patience: Duration = .milliseconds(700)
    /// For so long after a suspicious face only one that proves alive is let through: the same picture may have begun another
    /// track.
    public var memory: Duration = .seconds(3)
    /// For so long a face is looked at: no longer walk-by needs more.
    public var longest: Duration = .seconds(5)
    /// For so long after a walk-by its mark waits, where the terminal does not know its scene yet.
    public var sceneWait: Duration = .seconds(10)
    /// What may be asked for, one of them by lot: a recording does not know which.
    public var movements = LivenessChallenge.Movement.allCases

    /// The defaults.
    public init() {}
}

/// One walk-by's liveness, and the recognition that waits for it.
struct LivenessGate {
    private var evidence = LivenessEvidence()
    private var challenge: LivenessChallenge?
    private var firstLook: Duration?
    private var last: (box: FaceBox, time: Duration)?
    private var isOver = false
    /// Who is recognised and not yet let through.
    private(set) var waiting: Candidate?

    /// A gate for a track of which nothing is known.
    init() {}

    /// A gate for a new track: it goes on with the evidence of a face that was lost a moment ago, if it may be the same.
    init(after lost: some Sequence<LostFace>, box: FaceBox, at time: Duration) {
        evidence = LivenessEvidence(after: lost, as: box, at: time)
    }

    /// The face as it was looked at last; nil before the first look.
    var face: LostFace? { last.map { LostFace(evidence: evidence, box: $0.box, lastSeen: $0.time) } }

    /// The movement that is asked for now.
    var asking: LivenessChallenge.Movement? {
        guard !isOver, case .asked(let movement) = challenge?.state else { return nil }
        return movement
    }

    /// Whether another look would say more.
    func wantsLook(at time: Duration, policy: LivenessPolicy) -> Bool {
        guard policy.mode != .off, !isOver else { return false }
        return challenge != nil || isEarly(time, policy)
    }

    private func isEarly(_ time: Duration, _ policy: LivenessPolicy) -> Bool {
        firstLook.map { time - $0 <= policy.longest } ?? true
    }

    /// - Parameter memory: the scene without anybody.
    mutating func add(
        _ frame: Frame, landmarks: Landmarks, box: FaceBox, memory: SceneMemory, policy: LivenessPolicy
    ) {
        let time = frame.bootTime
        last = (box, time)
        if isEarly(time, policy) {
            if firstLook == nil { firstLook = time }
            evidence.add(frame, landmarks: landmarks, box: box, time: time, memory: memory)
        }
        challenge?.add(landmarks, time: time)
    }

    /// Holds a recognition back until `release`.
    mutating func hold(_ candidate: Candidate, policy: LivenessPolicy) {
        waiting = candidate
        if policy.mode == .challenge, challenge == nil {
            challenge = LivenessChallenge(policy.movements.randomElement() ?? .nod)
        }
    }

    /// Whether somebody waits who may go: the face is alive, or not suspicious for long enough, and what was asked for was
    /// done. A shot of this moment must still show the same person: another face may have come in the place
    /// of a picture.
    /// - Parameters:
    ///   - verdict: of this moment.
    ///   - isWatched: a suspicious face was seen a moment ago.
    func isReady(_ verdict: LivenessVerdict, at time: Duration, policy: LivenessPolicy, isWatched: Bool) -> Bool {
        guard waiting != nil else { return false }
        if case .suspicious = verdict { return false }
        if let challenge { return challenge.state == .passed }
        switch verdict {
        case .live: return true
        case .unclear: return !isWatched && firstLook.map { time - $0 >= policy.patience } ?? false
        case .suspicious, .notEnough: return false
        }
    }

    /// Whether whoever is recognised waits until the scene is known: a terminal that has just been started sees it when they
    /// have gone. Who moved as asked does not wait.
    func awaitsScene(policy: LivenessPolicy) -> Bool { policy.mode == .on && evidence.awaitsScene }

    /// Whether somebody is recognised and not suspicious so far, and nothing more is wanted of them but that they go.
    func hasOnlyToGo(policy: LivenessPolicy) -> Bool {
        guard waiting != nil, awaitsScene(policy: policy) else { return false }
        return switch verdict(policy: policy) {
        case .live, .unclear: true
        case .suspicious, .notEnough: false
        }
    }

    /// Without the last frame: nothing more is to be seen.
    mutating func forgetKey() { evidence.forgetKey() }

    /// Compares what was seen before the scene was known with it.
    mutating func settle(in memory: SceneMemory) { evidence.settle(in: memory) }

    /// Who waited; nothing more is asked of this walk-by.
    mutating func release() -> Candidate? {
        defer { waiting = nil }
        isOver = true
        return waiting
    }

    /// Why a recognition that was not let through before the track's end is no mark; nil when it is one: no shot has shown
    /// since that a face which proved alive is still the same person's, so that counts as unclear. Whoever is seen too briefly
    /// is not marked: a picture would be held up for a moment.
    func refusal(policy: LivenessPolicy, watchedFor: LivenessReason?) -> UnsureReason? {
        guard policy.mode != .off else { return nil }
        let failure = policy.mode == .challenge ? challenge?.failureAtEnd ?? .tooLate : nil
        if let failure, failure != .notSeenAgain { return .challengeFailed(failure) }
        let verdict = verdict(policy: policy)
        if case .suspicious(let reason) = verdict { return .suspicious(reason) }
        if let failure { return .challengeFailed(failure) }
        if verdict == .notEnough { return .tooBrief }
        return watchedFor.map { .suspicious($0) }
    }

    /// What the face has shown so far.
    func verdict(policy: LivenessPolicy) -> LivenessVerdict { evidence.verdict(budget: policy.budget) }

    /// Another roster: whoever was recognised means nothing in it. What the face showed stays.
    mutating func forgetCandidate() {
        waiting = nil
        isOver = false
    }
}
