import Capture
import Faces
import Identification

/// The knobs of the stages between a frame and a decision.
public struct RecognitionOptions: Sendable, Equatable {
    /// When a scene is worth a look.
    public var gate = MotionGate.Options()
    /// How often a scene is looked at in which nothing moves.
    public var pace = LookPace.Options()
    /// When faces are one track.
    public var tracker = FaceTracker.Options()
    /// Where faces are looked for.
    public var search = SearchPlan.Options()
    /// Which faces are good enough to be described.
    public var quality = QualityLimits()
    /// When evidence names a person.
    public var rule = DecisionRule()
    /// When a track has changed its person.
    public var split = SplitLimits()
    /// Whether a face must prove alive.
    public var liveness = LivenessPolicy()
    var shots = ShotPolicy()

    /// The defaults of every stage.
    public init() {}

    /// Side of the least face that is looked for, in pixels: of one that could be described. dlib's box is 3.1 times as
    /// wide as the eyes are apart, and a fifth off.
    public var minimumFace: Int { Int(quality.minimumInterEyeDistance * 3.1 * 0.8) }
}

/// Frames in, decisions out: motion gate, detector, tracker, landmarks, quality, descriptor, matcher, evidence, rule.
/// One pipeline serves one thread. The daemon and `rollcallctl evaluate` run this very code.
public final class RecognitionPipeline {
    private let engine: any FaceStages
    let options: RecognitionOptions
    private var gate: MotionGate
    private var pace: LookPace
    private var tracker: FaceTracker
    private var plan: SearchPlan
    var walkBys: [UInt64: WalkBy] = [:]
    var scene = LivenessScene()
    /// The last face that was suspicious.
    var suspicion: (reason: LivenessReason, until: Duration)?
    /// Whom the probes are compared with, and when somebody is named.
    public private(set) var identifier: Identifier
    /// Counts since the start.
    public internal(set) var counters = PipelineCounters()

    /// A pipeline that has seen nothing.
    public init(engine: any FaceStages, identifier: Identifier, options: RecognitionOptions = RecognitionOptions()) {
        self.engine = engine
        self.options = options
        self.identifier = identifier
        gate = MotionGate(options: options.gate)
        pace = LookPace(options: options.pace)
        tracker = FaceTracker(options: options.tracker)
        plan = SearchPlan(options: options.search)
    }

    /// A pipeline that has seen nothing, over a roster that is made ready for the options' rule.
    public convenience init(
        engine: any FaceStages, roster: Roster, options: RecognitionOptions = RecognitionOptions()
    ) {
        self.init(engine: engine, identifier: Identifier(roster: roster, rule: options.rule), options: options)
    }

    /// Compares with another roster from now on, also what the tracks have shown.
    public func use(_ identifier: Identifier) {
        self.identifier = identifier
        for track in walkBys.keys { walkBys[track]?.reconsider(with: identifier) }
        scene.reconsider(with: identifier)
    }

    /// The movement that somebody is asked for now; of several people, whoever came first.
    public var asking: LivenessChallenge.Movement? {
        walkBys.filter { $0.value.liveness.asking != nil }.min { $0.key < $1.key }?.value.liveness.asking
    }

    /// The faces that are followed.
    var tracks: [FaceTrack] { tracker.tracks }

    /// What a track has shown; nil before the first look at it.
    func walkBy(of track: FaceTrack) -> WalkBy? { walkBys[track.id] }

    /// Frames that were captured before this moment need not be looked at; the source is told, so that it does not decode
    /// them.
    public var nextLook: Duration { pace.nextLook }

    /// Looks at one frame. Its capture time must not go back.
    public func process(_ frame: Frame) -> [PipelineEvent] {
        counters.frames += 1
        let verdict = frame.withLuma { luma in
            gate.judge(
                luma: luma, width: frame.width, height: frame.height, stride: frame.lumaStride, time: frame.bootTime)
        }
        if verdict == .cut { for track in walkBys.keys { walkBys[track]?.doubt() } }
        let isIdle = verdict == .still && tracker.tracks.isEmpty
        pace.looked(at: frame.bootTime, isIdle: isIdle)
        guard !isIdle else { return concludeDeferred(after: frame, isEmpty: true) }
        counters.activeFrames += 1

        let boxes: [FaceBox]
        do throws(FaceError) { boxes = try detect(in: frame) } catch {
            return concludeOverdue(at: frame.bootTime) + [.failed(error)]
        }
        counters.faces += UInt64(boxes.count)
        let update = tracker.update(boxes: boxes, time: frame.bootTime)
        var events = concludeDeferred(after: frame, isEmpty: tracker.tracks.isEmpty)
        for track in update.ended { events += conclude(track) }
        for track in update.seen {
            do throws(FaceError) {
                try look(at: track, in: frame, events: &events)
            } catch {
                events.append(.failed(error))
            }
        }
        return events
    }

    /// Ends every track: the source is at its end, or the camera was lost.
    public func finish() -> [PipelineEvent] {
        tracker.endAll().flatMap(conclude) + concludeDeferred(by: nil)
    }

    private func detect(in frame: Frame) throws(FaceError) -> [FaceBox] {
        let search = plan.next(
            tracks: tracker.tracks, moving: gate.moving, width: frame.width, height: frame.height, time: frame.bootTime)
        switch search {
        case .everywhere:
            counters.searches += 1
            return try engine.detect(in: frame, minimumFace: options.minimumFace, region: nil)
        case .near(let regions):
            var boxes: [FaceBox] = []
            for region in regions {
                boxes += try engine.detect(
                    in: frame, minimumFace: max(region.minimumFace, options.minimumFace), region: region.rectangle)
            }
            return regions.count == 1 ? boxes : FaceBox.distinct(boxes)
        }
    }

    private func look(at track: FaceTrack, in frame: Frame, events: inout [PipelineEvent]) throws(FaceError) {
        let time = frame.bootTime
        let policy = options.liveness
        if walkBys[track.id] == nil, policy.mode != .off {
            // A face that is still seen is another one.
            let unseen = tracker.tracks.filter { $0.lastSeen < time }.compactMap { walkBys[$0.id]?.liveness }
            let gate = scene.gate(for: track, after: unseen)
            walkBy(track.id) { $0.liveness = gate }
        }
        if track.hasJumped { walkBy(track.id) { $0.doubt() } }
        let mayWant = walkBy(track.id) { $0.mayWant(at: time, policy: options.shots) }
        let wantsLiveness = walkBy(track.id) { $0.liveness.wantsLook(at: time, policy: policy) }
        guard mayWant || wantsLiveness else { return }
        let landmarks = try engine.landmarks(in: frame, box: track.box)
        if wantsLiveness {
            let asked = walkBys[track.id]?.liveness.asking
            let memory = scene.memory
            walkBy(track.id) {
                $0.liveness.add(frame, landmarks: landmarks, box: track.box, memory: memory, policy: policy)
            }
            if let asking = walkBys[track.id]?.liveness.asking, asked == nil {
                events.append(.asked(asking, track: track.id))
            }
        }
        let isNeeded = isReady(track.id, at: time)
        guard mayWant || isNeeded else { return }
        let quality = options.quality.judge(frame, landmarks: landmarks)
        let isWanted = walkBy(track.id) { $0.wants(quality, at: time, policy: options.shots, isNeeded: isNeeded) }
        guard isWanted else { return }
        let descriptor = try engine.describe(frame, landmarks: landmarks)
        counters.descriptors += 1

        var shown = track
        if walkBy(shown.id, { $0.isAnotherPerson(descriptor, limits: options.split) }),
            let (ended, begun) = tracker.split(shown.id, time: time)
        {
            events += conclude(ended)
            shown = begun
            // The shot that showed the change is the new track's first.
            _ = walkBy(shown.id) { $0.wants(quality, at: time, policy: options.shots) }
        }
        let decided = walkBy(shown.id) {
            $0.add(descriptor, weight: Float(max(quality.score, 0.01)), identifier: identifier, policy: options.shots)
        }
        if policy.mode == .off {
            if let decided { announce(decided, of: shown, events: &events) }
            return
        }
        if let decided { walkBy(shown.id) { $0.liveness.hold(decided, policy: policy) } }
        // This shot has shown that it is still the person who waits.
        guard isReady(shown.id, at: time), let candidate = walkBy(shown.id, { $0.liveness.release() }) else { return }
        announce(candidate, of: shown, events: &events)
    }

    /// Tells of somebody whose track goes on.
    private func announce(_ candidate: Candidate, of track: FaceTrack, events: inout [PipelineEvent]) {
        walkBy(track.id) { walkBy in
            if walkBy.announced == nil { counters.identified += 1 }
            walkBy.announced = candidate
            events.append(recognised(candidate, in: walkBy, of: track))
        }
    }

    /// Whether liveness lets through who waits in this track.
    private func isReady(_ id: UInt64, at time: Duration) -> Bool {
        let policy = options.liveness
        // What is thought of a face before the scene is known is thought again.
        guard let gate = walkBys[id]?.liveness, gate.waiting != nil, !gate.awaitsScene(policy: policy) else {
            return false
        }
        let verdict = gate.verdict(policy: policy)
        if case .suspicious(let reason) = verdict { suspicion = (reason, time + policy.memory) }
        let isWatched = suspicion.map { time <= $0.until } ?? false
        return gate.isReady(verdict, at: time, policy: policy, isWatched: isWatched)
    }

    func walkBy<R>(_ track: UInt64, _ body: (inout WalkBy) -> R) -> R {
        if walkBys[track] == nil { counters.tracks += 1 }
        return body(&walkBys[track, default: WalkBy()])
    }
}
