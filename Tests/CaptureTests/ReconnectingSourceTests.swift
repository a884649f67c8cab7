import Synchronization
import Testing

@testable import Capture

/// What a scripted camera does, attempt for attempt.
private enum Step {
    case refuse(CaptureError)
    /// Opens, delivers frames of these luma values a second apart, then fails, or is silent for ever when `then` is nil.
    case deliver([UInt8], then: CaptureError?)
}

private final class ScriptedCamera: FrameSource {
    let description: SourceDescription
    var counters = FrameCounters(skipped: 1)
    private var frames: ArraySlice<UInt8>
    private let then: CaptureError?
    private let log: Log
    private let start: Int

    init(_ frames: [UInt8], then: CaptureError?, width: Int, start: Int, log: Log) {
        self.frames = frames[...]
        self.then = then
        self.log = log
        self.start = start
        description = SourceDescription(
            name: "scripted", width: width, height: 16, framesPerSecond: 1, format: "GREY", isLive: true)
    }

    func next(into frame: Frame, notBefore earliest: Duration) throws(CaptureError) -> Bool {
        while .seconds(start + Int(counters.delivered + counters.passedOver)) < earliest, frames.popFirst() != nil {
            counters.passedOver += 1
        }
        guard let luma = frames.popFirst() else {
            guard let then else { return false }
            throw then
        }
        frame.copy(from: try Frame(luma: [UInt8](repeating: luma, count: 256), width: 16, height: 16))
        frame.sequence = counters.delivered + counters.passedOver
        frame.bootTime = .seconds(start + Int(frame.sequence))
        counters.delivered += 1
        return true
    }

    func close() { log.note("closed") }
}

private final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    func note(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

@Suite struct ReconnectingSourceTests {
    private let log = Log()
    private let stop = try! StopSignal()
    private static let lost = CaptureError.deviceLost(device: "scripted", reason: "gone")
    private static let missing = CaptureError.noSuchDevice(device: "scripted", present: [])

    private func source(_ script: [Step], width: Int = 16) -> ReconnectingSource {
        var steps = script[...]
        var start = 0
        return ReconnectingSource(
            name: "scripted", stop: stop, backoff: Backoff(first: .milliseconds(1), longest: .milliseconds(2)),
            thresholds: CameraHealth.Thresholds(),
            onEvent: { [log] event in
                switch event {
                case .opened(let description): log.note("opened \(description.width)")
                case .state(let state): log.note(state.name)
                }
            },
            onAttempt: { [log] in log.note("attempt") },
            open: { [log, stop] () throws(CaptureError) in
                start += 1000
                switch steps.popFirst() {
                case .refuse(let error): throw error
                case .deliver(let frames, let then):
                    return ScriptedCamera(frames, then: then, width: width, start: start, log: log)
                case nil:
                    stop.request()
                    throw .io(operation: "go on with", path: "the script", reason: "it ends")
                }
            })
    }

    @Test func aLostCameraIsOpenedAnewAndEveryChangeIsOneEvent() throws {
        let source = source([
            .refuse(Self.missing), .refuse(Self.missing), .deliver([50, 51], then: Self.lost), .refuse(Self.missing),
            .refuse(Self.missing), .deliver([60, 61], then: nil),
        ])
        let frame = Frame()
        var seen: [[Int]] = []
        while try source.next(into: frame) { seen.append([Int(frame.lumaBytes[0]), Int(frame.sequence)]) }
        #expect(seen == [[50, 0], [51, 1], [60, 2], [61, 3]])
        #expect(
            log.all == [
                "attempt", "no_such_device", "attempt", "attempt", "opened 16", "ok", "closed", "device_lost",
                // Missing for a moment only, which is not worth a line.
                "attempt", "attempt", "attempt", "ok",
            ])
        #expect(source.counters == FrameCounters(delivered: 4, skipped: 2))
        source.close()
        source.close()
        #expect(log.all.last == "closed")
        #expect(log.all.filter { $0 == "closed" }.count == 2)
        #expect(try !source.next(into: frame))
    }

    @Test func whatIsNotWantedYetIsPassedOverByTheCameraAndCountedOverAllOpenings() throws {
        let source = source([.deliver([50, 51, 52, 53], then: Self.lost), .deliver([60, 61, 62], then: nil)])
        let frame = Frame()
        var seen: [Int] = []
        while try source.next(into: frame, notBefore: frame.bootTime + .seconds(2)) {
            seen.append(Int(frame.lumaBytes[0]))
        }
        #expect(seen == [50, 52, 60, 62])
        #expect(source.counters == FrameCounters(delivered: 4, passedOver: 3, skipped: 2))
    }

    @Test func aCameraThatOpensAndStaysSilentIsOneFault() throws {
        let silent = CaptureError.noFrames(device: "scripted", seconds: 3)
        let source = source([
            .deliver([1], then: silent), .deliver([], then: silent), .deliver([], then: silent),
            .deliver([2, 3], then: nil),
        ])
        let frame = Frame()
        while try source.next(into: frame) {}
        #expect(log.all.filter { $0 != "attempt" && $0 != "closed" } == ["opened 16", "ok", "no_frames", "ok"])
    }

    @Test func darknessAndStillnessAreReported() throws {
        let source = source([
            .deliver(Array(30...34) + [UInt8](repeating: 90, count: 7) + [91] + Array(1...8), then: nil)
        ])
        let frame = Frame()
        while try source.next(into: frame) {}
        #expect(log.all == ["attempt", "opened 16", "ok", "frozen", "ok", "dark"])
        #expect(source.state == .dark)
    }

    @Test func aStopEndsTheWaitForACamera() throws {
        let source = ReconnectingSource(
            name: "scripted", stop: stop, backoff: Backoff(first: .seconds(3600), longest: .seconds(3600)),
            thresholds: CameraHealth.Thresholds(),
            onEvent: { [stop] _ in stop.request() },
            onAttempt: {},
            open: { () throws(CaptureError) in throw Self.missing })
        #expect(try !source.next(into: Frame()), "it would sleep for an hour without the stop")
        #expect(source.state == .lost(Self.missing))
    }

    @Test func waitsDoubleUpToTwoSecondsAndBeginAnew() {
        var backoff = Backoff()
        #expect((0..<6).map { _ in backoff.next() } == [250, 500, 1000, 2000, 2000, 2000].map { .milliseconds($0) })
        backoff.reset()
        #expect(backoff.next() == .milliseconds(250))
    }

    @Test func aRealFileCanBeASourceToo() throws {
        let source = ReconnectingSource(
            name: "/dev/null", stop: stop, darkAfter: .seconds(5), frozenAfter: .seconds(5),
            onEvent: { [log, stop] event in
                guard case .state(.lost(let error)) = event else { return }
                log.note(error.name)
                stop.request()
            },
            open: { () throws(CaptureError) in try V4L2Camera(CameraOptions(device: "/dev/null")) })
        #expect(try !source.next(into: Frame()))
        #expect(log.all == ["not_a_camera"])
        #expect(source.description.name == "/dev/null")
    }
}
