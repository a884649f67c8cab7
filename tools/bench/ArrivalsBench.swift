import Capture
import Faces
import FoundationEssentials
import Identification
import Terminal
import TestSupport

/// Whole streams through the pipeline that the daemon runs, and through the same pipeline with dlib's stages in place of
/// ours: from the file's bytes to the decisions, on one thread.
struct ArrivalsBench {
    let models: ModelPack
    /// Y4M files; empty for the made streams.
    let streams: [String]
    /// People to enrol, a folder each; the portraits where it is nil.
    let roster: String?
    let rounds: Int

    func run(_ show: (Row) -> Void) throws {
        let ours = try FaceEngine(models: models)
        let dlib = try DlibStages(models: models)
        let people = try enrolled(ours)
        let folder = try TemporaryFolder()
        for (name, open) in try streams.isEmpty ? MadeStreams(folder: folder).all() : streams.map(played) {
            var seconds: (ours: [Double], dlib: [Double]) = ([], [])
            var marked: (ours: [String], dlib: [String]) = ([], [])
            for _ in 0..<rounds {
                let (own, others) = (try play(open(), ours, people), try play(open(), dlib, people))
                seconds.ours.append(own.seconds)
                seconds.dlib.append(others.seconds)
                marked = (own.marked, others.marked)
            }
            let agreement =
                marked.ours.sorted() == marked.dlib.sorted() ? "the same \(marked.ours.count)" : "NOT THE SAME"
            show(
                Row(
                    "arrivals: \(name)", ours: seconds.ours, reference: seconds.dlib,
                    unit: "CPU s per minute at 15 frames/s; \(agreement) marked"))
        }
    }

    /// CPU seconds for a minute of 15 frames/s, and who was recognised.
    private func play(
        _ source: any FrameSource, _ stages: any FaceStages, _ people: Roster
    ) throws -> (seconds: Double, marked: [String]) {
        let pipeline = RecognitionPipeline(engine: stages, roster: people)
        let frame = Frame()
        var events: [PipelineEvent] = []
        let start = threadMilliseconds()
        while try source.next(into: frame, notBefore: pipeline.nextLook) { events += pipeline.process(frame) }
        events += pipeline.finish()
        let milliseconds = threadMilliseconds() - start
        let names = events.compactMap { event in
            if case .identified(let recognition) = event { recognition.person.name } else { nil }
        }
        let minutes = Double(source.counters.delivered + source.counters.passedOver) / (15 * 60)
        return (milliseconds / 1000 / minutes, Set(names).sorted())
    }

    private func enrolled(_ engine: FaceEngine) throws -> Roster {
        if let roster { return Gallery.enrol(try PeopleFolder(path: roster), engine: engine).roster }
        return Roster(
            people: try MadeStreams.portraits.map { name in
                RosterPerson(
                    id: UUID(), name: name, className: "",
                    templates: [try engine.enrol(photograph: Picture(portrait: name).frame()).descriptor])
            })
    }
}

/// A stream's name, and what opens it.
private typealias Stream = (name: String, open: () throws -> any FrameSource)

/// The Y4M file at `path`.
private func played(_ path: String) -> Stream {
    let name = path.split(separator: "/").last.map { $0.hasSuffix(".y4m") ? String($0.dropLast(4)) : String($0) }
    return (name ?? "stream", { try Y4MStream(path: path, pace: .fullSpeed) })
}

/// Ten seconds each of an empty scene, of one person at a time, and of eight faces at once, at 15 frames/s, made from the
/// portraits; and a minute of the empty scene as an MJPEG camera sends it.
private struct MadeStreams {
    static let portraits = ["astronaut.png", "grace_hopper.jpg", "filippo_giunchedi.jpg"]
    private static let frames = 150

    let folder: TemporaryFolder

    func all() throws -> [Stream] {
        let portraits = try Self.portraits.map { try Picture(portrait: $0) }
        let empty = played(try folder.write("empty scene 1280x720.y4m", empty().bytes))
        let pictures = try JPEGPictures(of: empty.open())
        return [
            empty,
            ("\(empty.name), MJPEG", { JPEGFrames(pictures, seconds: 60) }),
            played(try folder.write("one person 640x480.y4m", onePerson(portraits).bytes)),
            played(try folder.write("eight people 1280x720.y4m", eightPeople(portraits).bytes)),
        ]
    }

    private func empty() -> Y4M {
        var stream = Y4M(width: 1280, height: 720, framesPerSecond: 15)
        stream.addEmptyScene(frames: Self.frames, seed: 1)
        return stream
    }

    private func onePerson(_ portraits: [Picture]) -> Y4M {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        for (seed, portrait) in portraits.enumerated() {
            stream.addEmptyScene(frames: 10, seed: UInt64(seed) + 1)
            stream.addWalkBy(
                of: portrait, frames: Self.frames / portraits.count - 10, largestScale: 0.6, seed: UInt64(seed) + 11)
        }
        return stream
    }

    /// Four columns and two rows of people who sway where they stand.
    private func eightPeople(_ portraits: [Picture]) -> Y4M {
        var stream = Y4M(width: 1280, height: 720, framesPerSecond: 15)
        let cell = (width: 320, height: 360)
        for frame in 0..<Self.frames {
            var canvas = Picture(width: 1280, height: 720, grey: 90)
            for place in 0..<8 {
                // A triangle of 30 pixels to and fro in two seconds, each from another moment on.
                let phase = (frame + 4 * place) % 30
                let sway = Double(phase < 15 ? phase : 30 - phase) * 2 - 15
                let figure = portraits[place % portraits.count].transformed(scale: 0.45, x: sway, canvas: cell)
                for row in 0..<cell.height {
                    let from = row * cell.width * 3
                    let to = ((place / 4 * cell.height + row) * 1280 + place % 4 * cell.width) * 3
                    canvas.pixels.replaceSubrange(
                        to..<to + cell.width * 3, with: figure.pixels[from..<from + cell.width * 3])
                }
            }
            stream.add(canvas.noisy(4, seed: UInt64(frame)))
        }
        return stream
    }
}
