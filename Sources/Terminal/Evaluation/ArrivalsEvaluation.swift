import Attendance
import Capture
import Faces
import FoundationEssentials
import Identification

/// Plays a stream at full speed through the daemon's pipeline and outbox, and says who was marked.
public struct ArrivalsEvaluation {
    /// A mark of the stream.
    public struct MarkedPerson: Sendable, Equatable, Codable {
        /// The folder's name in the gallery.
        public var person: String
        /// The frame that decided, counted from 0.
        public var atFrame: Int
        /// From the capture of the person's first good frame until the mark was durable, as it would be if the frames
        /// came at the stream's own rate.
        public var latencyMS: Double

        enum CodingKeys: String, CodingKey {
            case person
            case atFrame = "at_frame"
            case latencyMS = "latency_ms"
        }
    }

    /// What the evaluation found; its JSON keys are documented in docs/rollcallctl.md.
    public struct Report: Sendable, Equatable, Codable {
        /// Frames played.
        public var frames = 0
        /// Tracks that were described or refused.
        public var tracks = 0
        /// In the order in which they were made.
        public var marks: [MarkedPerson] = []
        /// Tracks of nobody on the roster.
        public var unknown = 0
        /// Tracks that could not be decided.
        public var unsure = 0
        /// CPU seconds of the run, without the enrolment.
        public var cpuSeconds = 0.0
        /// Photographs of the roster that enrolment refused.
        public var refused: [Gallery.Refusal] = []
        /// Given with a truth file.
        public var truth: Truth.Verdict?

        enum CodingKeys: String, CodingKey {
            case frames, tracks, marks, unknown, unsure, refused, truth
            case cpuSeconds = "cpu_seconds"
        }
    }

    private var pipeline: RecognitionPipeline
    private var desk: AttendanceDesk
    private let time: TrustedTime
    private let school: SchoolTime
    private var report = Report()
    /// When the frame would be done if frames came at the stream's rate: work waits for its frame and for the work
    /// before it.
    private var finished: Duration = .zero

    /// Plays `source` to its end.
    /// - Parameters:
    ///   - folder: a folder in which the outbox's file is made.
    ///   - progress: told of each frame.
    public static func run(
        source: any FrameSource, gallery: Gallery, stages: any FaceStages, options: RecognitionOptions,
        folder: String, progress: (Int) -> Void = { _ in }
    ) throws(EvaluationError) -> Report {
        do {
            let outbox = try Outbox(path: folder + "/outbox.db")
            var evaluation = try ArrivalsEvaluation(
                pipeline: RecognitionPipeline(engine: stages, roster: gallery.roster, options: options),
                desk: AttendanceDesk(outbox: outbox, rule: options.rule))
            let cpu = CPUClock.process
            try evaluation.play(source, progress: progress)
            evaluation.report.cpuSeconds = (CPUClock.process - cpu) / .seconds(1)
            evaluation.report.refused = gallery.refused
            return evaluation.report
        } catch let error as EvaluationError {
            throw error
        } catch {
            throw .stage(reason: "\(error)")
        }
    }

    private init(pipeline: RecognitionPipeline, desk: AttendanceDesk) throws(AttendanceError) {
        self.pipeline = pipeline
        self.desk = desk
        // A school day on which every moment of the stream lies in one session, with the clock known.
        let start = Instant(milliseconds: 1_788_508_800_000)
        var time = TrustedTime(bootID: UUID())
        time.observe(server: start, sentAt: 0, receivedAt: 0)
        self.time = time
        school = SchoolTime(
            policy: try AttendancePolicy(timeZone: "UTC", schoolDays: Set(Weekday.allCases)), zone: .utc)
    }

    private mutating func play(
        _ source: any FrameSource, progress: (Int) -> Void
    ) throws {
        let frame = Frame()
        while try source.next(into: frame, notBefore: pipeline.nextLook) {
            if source.counters.delivered == 1 { finished = frame.bootTime }
            let began = ContinuousClock.now
            var recorded: [Recognition] = []
            for event in pipeline.process(frame) {
                if let recognition = try record(event) { recorded.append(recognition) }
            }
            finished = max(finished, frame.bootTime) + (ContinuousClock.now - began)
            for recognition in recorded {
                let mark = MarkedPerson(
                    person: recognition.person.name, atFrame: Int(frame.sequence),
                    latencyMS: (finished - recognition.firstGoodFrame).milliseconds)
                report.marks.append(mark)
            }
            progress(Int(frame.sequence) + 1)
        }
        report.frames = Int(source.counters.delivered + source.counters.passedOver)
        for event in pipeline.finish() { _ = try record(event) }
        let counters = pipeline.counters
        report.tracks = Int(counters.tracks)
        report.unknown = Int(counters.unknown)
        report.unsure = Int(counters.unsure)
    }

    /// Records what the pipeline recognised; the recognition when it gave a new mark.
    private mutating func record(_ event: PipelineEvent) throws(OutboxError) -> Recognition? {
        guard case .identified(let recognition) = event,
            case .recorded = try desk.record(recognition, time: time, school: school)
        else { return nil }
        return recognition
    }
}
