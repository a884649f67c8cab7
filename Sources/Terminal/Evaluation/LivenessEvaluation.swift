import Capture
import Faces
import FoundationEssentials
import Identification

/// Plays streams of living people and of attacks through the daemon's gate, detector, tracker, landmarks and liveness.
public struct LivenessEvaluation {
    /// What one stream came to.
    public struct Stream: Sendable, Equatable, Encodable {
        /// The file's name.
        public var name: String
        /// Frames played.
        public var frames = 0
        /// Frames in which a face was found.
        public var faces = 0
        /// Whether one track had as many good shots as a decision takes. A stream without one is a non-response.
        public var isResponse = false
        /// The score that decided, in nats; nil when too little was seen.
        public var score: Double?
        /// "live", "unclear", "suspicious" or "not enough".
        public var verdict = "not enough"
        /// Why it is suspicious.
        public var reason: String?
        /// Whom the recognition named, with a roster, if liveness were not looked at.
        public var named: String?
        /// Whom a terminal that looks at liveness would mark, with a roster: as soon as it does, and not at the track's end.
        public var marked: String?
        /// The measures of the track that decided, by name, if they are wanted.
        public var measures: [String: Double]?

        /// True when no mark would be made at the track's end: the face is suspicious, or was seen too briefly.
        public var isRefused: Bool { verdict == "suspicious" || verdict == "not enough" }

        init(name: String) { self.name = name }
    }

    /// What a look at a face cost, over all streams.
    public struct Cost: Sendable, Equatable {
        /// Looks at a face.
        public var looks = 0
        /// Of liveness alone.
        public var time: Duration = .zero
    }

    private let stages: any FaceStages
    private let options: RecognitionOptions
    private let roster: Roster?
    private let budget: Double
    private let withMeasures: Bool
    private let longest: Duration
    /// What liveness cost so far.
    public private(set) var cost = Cost()

    /// Good shots that a decision takes.
    static let leastShots = 3

    /// - Parameters:
    ///   - roster: who would be named; nil leaves that out.
    ///   - budget: the BPCER that the threshold is taken for.
    ///   - withMeasures: whether each stream's measures are wanted.
    ///   - longest: how much of a track liveness sees, from its first look; a decision may come that early.
    public init(
        stages: any FaceStages, options: RecognitionOptions, roster: Roster?, budget: Double, withMeasures: Bool,
        longest: Duration = .seconds(3600)
    ) {
        self.stages = stages
        self.options = options
        self.roster = roster
        self.budget = budget
        self.withMeasures = withMeasures
        self.longest = longest
    }

    private struct Track {
        var face: LostFace
        var goodShots = 0
        var evidence: LivenessEvidence { face.evidence }

        /// With the evidence of a track that was lost a moment ago, if it may be the same face.
        init(_ track: FaceTrack, after others: some Collection<Track>) {
            let evidence = LivenessEvidence(after: others.map(\.face), as: track.box, at: track.lastSeen)
            face = LostFace(evidence: evidence, box: track.box, lastSeen: track.lastSeen)
        }
    }

    /// Plays one stream to its end.
    /// - Parameter isAttack: of several tracks the one that looks most alive decides over an attack, the one that looks
    ///   least alive over a living person: whichever is worse for the figures.
    public mutating func play(
        _ source: any FrameSource, name: String, isAttack: Bool, progress: () -> Void = {}
    ) throws(EvaluationError) -> Stream {
        var result = Stream(name: name)
        do {
            let tracks = try look(at: source, result: &result, progress: progress)
            judge(tracks.values.filter { $0.goodShots >= Self.leastShots }, isAttack: isAttack, result: &result)
        } catch {
            throw .stage(reason: "\(error)")
        }
        return result
    }

    private mutating func look(
        at source: any FrameSource, result: inout Stream, progress: () -> Void
    ) throws -> [UInt64: Track] {
        var (plain, guarded) = (door(.off), door(.on))
        var gate = MotionGate(options: options.gate)
        var plan = SearchPlan(options: options.search)
        var tracker = FaceTracker(options: options.tracker)
        var tracks: [UInt64: Track] = [:]
        var memory = SceneMemory()
        let frame = Frame()
        while try source.next(into: frame, notBefore: .zero) {
            progress()
            result.frames += 1
            plain?.look(at: frame)
            guarded?.look(at: frame)
            let verdict = frame.withLuma { luma in
                gate.judge(
                    luma: luma, width: frame.width, height: frame.height, stride: frame.lumaStride,
                    time: frame.bootTime)
            }
            if verdict == .still && tracker.tracks.isEmpty {
                memory.learn(frame, time: frame.bootTime)
                continue
            }
            let boxes = try detect(in: frame, &plan, tracker.tracks, gate.moving)
            if !boxes.isEmpty { result.faces += 1 }
            let update = tracker.update(boxes: boxes, time: frame.bootTime)
            if tracker.tracks.isEmpty {
                memory.learn(frame, time: frame.bootTime)
            } else {
                memory.forgetLatest()
            }
            for track in update.seen {
                guard frame.bootTime - track.firstSeen <= longest else { continue }
                let landmarks = try stages.landmarks(in: frame, box: track.box)
                let began = ContinuousClock.now
                if tracks[track.id] == nil { tracks[track.id] = Track(track, after: tracks.values) }
                tracks[track.id]?.face.evidence.add(
                    frame, landmarks: landmarks, box: track.box, time: frame.bootTime, memory: memory)
                cost.time += ContinuousClock.now - began
                cost.looks += 1
                tracks[track.id]?.face.box = track.box
                tracks[track.id]?.face.lastSeen = track.lastSeen
                if options.quality.judge(frame, landmarks: landmarks).isGood {
                    tracks[track.id]?.goodShots += 1
                }
            }
        }
        (result.named, result.marked) = (plain?.close(), guarded?.close())
        // Who came before the scene was known is judged when it is.
        for id in tracks.keys { tracks[id]?.face.evidence.settle(in: memory) }
        return tracks
    }

    /// A terminal that sees the same stream.
    private struct Door {
        let pipeline: RecognitionPipeline
        private var first: String?

        init(_ pipeline: RecognitionPipeline) { self.pipeline = pipeline }

        mutating func look(at frame: Frame) { note(pipeline.process(frame)) }

        /// Who was named first, if anybody.
        mutating func close() -> String? {
            note(pipeline.finish())
            return first
        }

        private mutating func note(_ events: [PipelineEvent]) {
            for case .identified(let recognition) in events where first == nil { first = recognition.person.name }
        }
    }

    /// Without a roster nobody is named.
    private func door(_ mode: LivenessMode) -> Door? {
        roster.map {
            var options = options
            options.liveness.mode = mode
            options.liveness.budget = budget
            options.liveness.longest = min(longest, options.liveness.longest)
            return Door(RecognitionPipeline(engine: stages, roster: $0, options: options))
        }
    }

    private func detect(
        in frame: Frame, _ plan: inout SearchPlan, _ tracks: [FaceTrack], _ moving: [Bool]
    ) throws(FaceError) -> [FaceBox] {
        let search = plan.next(
            tracks: tracks, moving: moving, width: frame.width, height: frame.height, time: frame.bootTime)
        guard case .near(let regions) = search else {
            return try stages.detect(in: frame, minimumFace: options.minimumFace, region: nil)
        }
        var boxes: [FaceBox] = []
        for region in regions {
            boxes += try stages.detect(
                in: frame, minimumFace: max(region.minimumFace, options.minimumFace), region: region.rectangle)
        }
        return FaceBox.distinct(boxes)
    }

    private func judge(_ tracks: [Track], isAttack: Bool, result: inout Stream) {
        guard !tracks.isEmpty else { return }
        result.isResponse = true
        // A track too short for a score goes with the others of its stream, as suspicion outlasts a track at a door.
        let ordered = tracks.compactMap { track in track.evidence.score.map { (track: track, score: $0) } }
            .sorted { $0.score < $1.score }
        guard let decides = (isAttack ? ordered.last : ordered.first)?.track else { return }
        result.score = decides.evidence.score
        switch decides.evidence.verdict(budget: budget) {
        case .live: result.verdict = "live"
        case .unclear: result.verdict = "unclear"
        case .notEnough: result.verdict = "not enough"
        case .suspicious(let reason):
            result.verdict = "suspicious"
            result.reason = reason.rawValue
        }
        if withMeasures, let measures = decides.evidence.measures {
            let pairs = zip(LivenessMeasures.kinds, measures.values).map { ($0, $1) }
                .filter { measures.knowsScene || $0.0.sign != .scene }
            result.measures = Dictionary(uniqueKeysWithValues: pairs.map { ($0.name, $1) })
        }
    }
}
