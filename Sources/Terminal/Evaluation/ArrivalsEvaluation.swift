import Attendance
import Capture
import Faces
import FoundationEssentials
import Identification

/// Plays a stream at full speed through the daemon's pipeline and outbox, and says who was marked.
public struct ArrivalsEvaluation {
    private var pipeline: RecognitionPipeline
    private var desk: AttendanceDesk
    private let time: TrustedTime
    private let school: SchoolTime
    private var report: ArrivalsReport.Stream
    /// When the frame would be done if frames came at the stream's rate: work waits for its frame and for the work
    /// before it.
    private var finished: Duration = .zero

    /// Plays `source` to its end.
    /// - Parameters:
    ///   - folder: a folder in which the outbox's file is made, another for each stream.
    ///   - progress: told how many frames are over, looked at or passed over.
    public static func run(
        source: any FrameSource, roster: Roster, stages: any FaceStages, options: RecognitionOptions,
        folder: String, progress: (Int) -> Void = { _ in }
    ) throws(EvaluationError) -> ArrivalsReport.Stream {
        do {
            let outbox = try Outbox(path: folder + "/outbox.db")
            var evaluation = try ArrivalsEvaluation(
                name: source.description.name,
                pipeline: RecognitionPipeline(engine: stages, roster: roster, options: options),
                desk: AttendanceDesk(outbox: outbox))
            let cpu = CPUClock.process
            try evaluation.play(source, progress: progress)
            evaluation.report.cpuSeconds = (CPUClock.process - cpu) / .seconds(1)
            return evaluation.report
        } catch let error as EvaluationError {
            throw error
        } catch {
            throw .stage(reason: "\(error)")
        }
    }

    private init(
        name: String, pipeline: RecognitionPipeline, desk: AttendanceDesk
    ) throws(AttendanceError) {
        self.pipeline = pipeline
        self.desk = desk
        report = ArrivalsReport.Stream(name: name)
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
                let mark = ArrivalsReport.MarkedPerson(
                    person: recognition.person.name, stream: report.name, atFrame: Int(frame.sequence),
                    latencyMS: (finished - recognition.firstGoodFrame).milliseconds,
                    watchedMS: (frame.bootTime - recognition.firstGoodFrame).milliseconds)
                report.marks.append(mark)
            }
            progress(Int(source.counters.delivered + source.counters.passedOver))
        }
        report.frames = Int(source.counters.delivered + source.counters.passedOver)
        progress(report.frames)
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
