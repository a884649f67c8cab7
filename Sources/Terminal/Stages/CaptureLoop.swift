import Attendance
import Capture
import Faces
import Identification
import Logging
import Systemd

/// The pipeline's thread: frames in, durable marks out. It alone touches the camera and the models.
final class CaptureLoop {
    /// What it shares with the other threads.
    struct Links: Sendable {
        var board: StatusBoard
        var book: SchoolBook
        var time: TimeKeeper
        var beat: StageBeat
        var marks: MarkJournal
        var door: DoorJournal
        var camera: CameraJournal
        /// Called after each new mark.
        var onMark: @Sendable () -> Void
        var logger: Logger
    }

    /// Recognitions that wait for room on the disk; beyond this the oldest are given up, and said so.
    private static let waitingLimit = 1000

    private let opener: SourceOpener
    private let pipeline: RecognitionPipeline
    private var desk: AttendanceDesk
    private let links: Links
    private let frame = Frame()
    /// Of the boot clock: the frame's capture time, or later while no frame comes.
    private var now: Duration = .zero
    private var edition: SchoolBook.Edition
    private var waiting: [Recognition] = []
    private var lastAttempt: Duration = .zero
    private var visionFails = false

    init(opener: SourceOpener, engine: any FaceStages, outbox: Outbox, options: RecognitionOptions, links: Links) {
        self.opener = opener
        self.links = links
        edition = links.book.current
        pipeline = RecognitionPipeline(engine: engine, identifier: edition.identifier, options: options)
        desk = AttendanceDesk(outbox: outbox)
    }

    /// Opens the source and runs until it ends or is stopped; throws when it cannot be opened or cannot go on.
    func run() throws(CaptureError) {
        let links = links
        let source = try opener.open(
            onEvent: { links.camera.note($0) },
            onAttempt: { [unowned self] in
                links.beat.beat()
                // While the camera is away there is no frame after which to do it.
                now = BootClock.now
                settle(pipeline.concludeOverdue(at: now))
                retryWaiting(force: false)
            })
        defer {
            settle(pipeline.finish())
            retryWaiting(force: true)
            for recognition in waiting {
                links.marks.notRecorded(recognition, "the disk took no mark until the stop", level: .critical)
            }
            report(source.counters)
            source.close()
            links.camera.ended()
        }
        if !source.description.isLive { links.camera.opened(source.description) }
        while try source.next(into: frame, notBefore: pipeline.nextLook) {
            now = frame.bootTime
            followTheBook()
            let events = pipeline.process(frame)
            settle(events)
            watchVision(events)
            links.door.saw(pipeline.followed, asking: pipeline.asking, in: frame)
            retryWaiting(force: false)
            report(source.counters)
        }
    }

    private func followTheBook() {
        let current = links.book.current
        guard current.number != edition.number else { return }
        edition = current
        pipeline.use(current.identifier)
    }

    private func settle(_ events: [PipelineEvent]) {
        for event in events {
            switch event {
            case .identified(let recognition):
                // Who waits was seen before, and the first time a person is seen is the one that counts.
                retryWaiting(force: true)
                record(recognition)
            case .asked(let movement, let track): links.marks.asked(movement, track: track)
            case .finished(let track):
                links.marks.finished(track)
                if isThere(track.lastSeen) { links.door.finished(track) }
                if let unsure = track.unsure { record(unsure) }
            case .failed: break
            }
        }
    }

    private func record(_ recognition: Recognition, again: Bool = false) {
        guard again || !waiting.contains(where: { $0.person.id == recognition.person.id }) else { return }
        let isThere = !again && isThere(recognition.lastSeen)
        do throws(OutboxError) {
            switch try desk.record(recognition, time: links.time.current, school: edition.school) {
            case .recorded(let mark):
                // A stream that is played faster than it was taken is ahead of the clock.
                let latency = max(.zero, BootClock.now - recognition.firstGoodFrame)
                links.marks.recorded(mark, recognition, latency: latency, school: edition.school)
                if isThere { links.door.marked(mark, recognition, school: edition.school) }
                links.onMark()
            case .alreadyMarked:
                links.marks.notRecorded(recognition, "there is one in this session", level: .debug)
                if isThere { links.door.notMarked(recognition, .again) }
            case .noSession:
                links.marks.notRecorded(recognition, "there is no school today", level: .info)
                if isThere { links.door.notMarked(recognition, .noSchool) }
            }
        } catch {
            // Not a mark until it is on the disk: the recognition waits, and the outbox's alarm says why.
            lastAttempt = BootClock.now
            if waiting.count == Self.waitingLimit {
                links.marks.notRecorded(waiting.removeFirst(), "the disk took no mark for too long", level: .critical)
            }
            if !again { links.marks.notRecorded(recognition, "it waits: \(error)", level: .error) }
            waiting.append(recognition)
        }
    }

    /// Whether a face may still be before the door: whoever waited for room on the disk, or for the scene to be known, is gone,
    /// and somebody else may stand there.
    private func isThere(_ lastSeen: Duration) -> Bool { now - lastSeen < Greeting.shown }

    /// Nothing waits for it: what the disk does not take is given up, and said so.
    private func record(_ unsure: UnsureRecognition) {
        do throws(OutboxError) {
            let outcome = try desk.record(unsure, time: links.time.current, school: edition.school)
            if case .recorded(let walkBy) = outcome { links.marks.recorded(walkBy, unsure) }
        } catch {
            links.marks.notRecorded(unsure, error)
        }
    }

    /// Tries the first that waits, once a second; the others follow when there is room.
    private func retryWaiting(force: Bool) {
        guard !waiting.isEmpty, force || BootClock.now - lastAttempt >= .seconds(1) else { return }
        let again = waiting
        waiting = []
        for (index, recognition) in again.enumerated() {
            record(recognition, again: true)
            guard waiting.isEmpty else {
                waiting += again[(index + 1)...]
                return
            }
        }
    }

    /// A sign of life only when the frame could be looked at; one log line when that changes.
    private func watchVision(_ events: [PipelineEvent]) {
        let failure = events.lazy.compactMap { if case .failed(let error) = $0 { error } else { nil } }.first
        if failure == nil { links.beat.beat() }
        guard (failure != nil) != visionFails else { return }
        visionFails = failure != nil
        links.board.update { $0.visionError = failure?.description }
        if let failure { links.logger.error("a face or a frame was given up: \(failure)") }
    }

    private func report(_ frames: FrameCounters) {
        let counters = pipeline.counters
        let asking = pipeline.asking?.rawValue
        links.board.update { facts in
            facts.frames.delivered = frames.delivered
            facts.frames.passedOver = frames.passedOver
            facts.frames.dropped = frames.dropped
            facts.frames.skipped = frames.skipped
            facts.recognition.faces = counters.faces
            facts.recognition.tracks = counters.tracks
            facts.recognition.descriptors = counters.descriptors
            facts.recognition.identified = counters.identified
            facts.recognition.unknown = counters.unknown
            facts.recognition.unsure = counters.unsure
            facts.recognition.suspicious = counters.suspicious
            facts.recognition.asking = asking
        }
    }
}
