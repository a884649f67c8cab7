import Faces
import Identification

/// One track on its way to a decision: its evidence, its best shots, and why shots were refused.
struct WalkBy {
    private(set) var evidence = Evidence()
    private(set) var identified: Candidate?
    /// Who was told of as identified, by the roster of that moment.
    var announced: Candidate?
    /// Capture time of the first frame whose face was good enough.
    private(set) var firstGoodFrame: Duration?
    /// Whether the face is alive, and who waits for that.
    var liveness = LivenessGate()
    private(set) var refusals: [QualityReason: Int] = [:]
    /// The first thing that was wrong at the last look at the face's quality; nil when nothing was.
    private(set) var lastRefusal: QualityReason?
    private var lastShot: Duration?
    private var bestScore = 0.0
    /// Another shot of the same person would not change what is known: somebody is named, or it is nobody on the roster.
    private var isSettled = false
    /// The last shot is too poor to be evidence; it is there to notice that the person changed.
    private var isOnlyCheck = false
    /// The scene was cut since the last shot: the next one must show the same person beyond doubt.
    private var isDoubtful = false

    /// What is known of whose face it is.
    func standing(policy: LivenessPolicy) -> FollowedFace.Standing {
        if announced != nil || liveness.hasOnlyToGo(policy: policy) { return .named }
        return isSettled && identified == nil ? .unknown : .undecided
    }

    /// False when no shot of this moment would be described, however good: then its quality need not be known.
    func mayWant(at time: Duration, policy: ShotPolicy) -> Bool {
        guard !isDoubtful, let lastShot else { return true }
        return time - lastShot >= policy.spacing(shots: evidence.shots, isSettled: isSettled)
    }

    /// Notes a face's quality; true when this shot is worth a descriptor.
    /// - Parameter isNeeded: one is, whoever it shows, to know whether it is still the same person.
    mutating func wants(
        _ quality: FaceQuality, at time: Duration, policy: ShotPolicy, isNeeded: Bool = false
    ) -> Bool {
        lastRefusal = quality.reasons.first
        guard quality.isGood else {
            for reason in quality.reasons { refusals[reason, default: 0] += 1 }
            return false
        }
        if firstGoodFrame == nil { firstGoodFrame = time }
        let isGoodEnough =
            isDoubtful || identified != nil || evidence.shots < policy.earlyShots
            || quality.score >= policy.shareOfBest * bestScore
        let isCheckDue = lastShot.map { time - $0 >= policy.settledSpacing } ?? true
        let wanted = isNeeded || mayWant(at: time, policy: policy) && (isGoodEnough || isCheckDue)
        isOnlyCheck = !isGoodEnough
        bestScore = max(bestScore, quality.score)
        if wanted { lastShot = time }
        return wanted
    }

    /// The scene was cut, or the face jumped.
    mutating func doubt() { isDoubtful = true }

    /// True when a new shot shows somebody else than the shots before it.
    mutating func isAnotherPerson(_ descriptor: Descriptor, limits: SplitLimits) -> Bool {
        let limit = isDoubtful || identified != nil ? limits.doubtful : limits.usual
        isDoubtful = false
        return evidence.mean.map { $0.distance(to: descriptor) > limit } ?? false
    }

    /// Adds a shot; returns the person when it is the one that decides.
    mutating func add(
        _ descriptor: Descriptor, weight: Float, identifier: Identifier, policy: ShotPolicy
    ) -> Candidate? {
        if isOnlyCheck { return nil }
        evidence.add(descriptor, weight: weight, scorer: identifier.scorer)
        guard identified == nil else { return nil }
        switch identifier.conclude(evidence) {
        case .identified(let candidate):
            identified = candidate
            isSettled = true
        case .unknown: isSettled = evidence.shots >= policy.earlyShots
        case .unsure: isSettled = false
        }
        return identified
    }

    /// Compares the shots with another roster: an index into the old one means nothing in the new one.
    mutating func reconsider(with identifier: Identifier) {
        evidence.compare(with: identifier.scorer)
        identified = nil
        liveness.forgetCandidate()
        isSettled = false
    }
}

/// How far a shot may be from the mean of its track's shots. One person's shots within a second are about 0.15 apart;
/// two people are hardly ever below 0.45.
public struct SplitLimits: Sendable, Equatable {
    /// Between frames that follow each other.
    public var usual: Float = 0.5
    /// After a cut or a jump, when somebody else may stand in the same place, and after a decision: the same person, if it is,
    /// is not marked twice.
    public var doubtful: Float = 0.35

    /// The defaults.
    public init() {}
}

/// Which shots of a track get a descriptor: the first good ones at once, so that the decision is quick; then only
/// shots about as good as the best so far; when there is none for a while, or the decision is settled, now and then another,
/// to notice that the person changed.
struct ShotPolicy: Sendable, Equatable {
    var earlySpacing: Duration = .milliseconds(60)
    var lateSpacing: Duration = .milliseconds(250)
    var settledSpacing: Duration = .milliseconds(600)
    /// Shots that are taken without comparing them with the best.
    var earlyShots = 6
    /// Share of the best score that a later shot must have.
    var shareOfBest = 0.8

    /// The least time from one shot to the next.
    func spacing(shots: Int, isSettled: Bool) -> Duration {
        if isSettled { return settledSpacing }
        return shots < earlyShots ? earlySpacing : lateSpacing
    }
}
