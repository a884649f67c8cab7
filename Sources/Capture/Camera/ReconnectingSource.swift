/// What happens to a source that is opened again and again. Each is worth one line in the log.
public enum CaptureEvent: Sendable, Equatable {
    /// The first frame came from a source that was not as it is now: which mode it runs in.
    case opened(SourceDescription)
    /// The state of the camera has changed.
    case state(CameraState)
}

/// How long to wait before the next attempt to open a camera: longer each time, and never so long that people notice.
struct Backoff {
    /// After the first failure.
    var first = Duration.milliseconds(250)
    /// Always. A camera that came back is to deliver within 3 s.
    var longest = Duration.seconds(2)
    private var following: Duration?

    init(first: Duration = .milliseconds(250), longest: Duration = .seconds(2)) {
        self.first = first
        self.longest = longest
    }

    /// How long to wait now.
    mutating func next() -> Duration {
        let wait = min(following ?? first, longest)
        following = wait * 2
        return wait
    }

    /// Frames flow again.
    mutating func reset() { following = nil }
}

/// A source that outlives its camera: when the camera is lost, everything is given back and it is opened anew until it is there.
///
/// `next` throws nothing: it waits, and says what is wrong through events.
public final class ReconnectingSource: FrameSource {
    /// What the source delivers; before it was opened, its name alone.
    public private(set) var description: SourceDescription

    private let open: () throws(CaptureError) -> any FrameSource
    private let onEvent: @Sendable (CaptureEvent) -> Void
    private let onAttempt: () -> Void
    private let stop: StopSignal
    private var source: (any FrameSource)?
    private var backoff: Backoff
    private var health: CameraHealth
    private var announced: SourceDescription?
    private var closedCounters = FrameCounters()
    private var firstSequence: UInt64 = 0
    private var nextSequence: UInt64 = 0
    private var isClosed = false

    /// - Parameters:
    ///   - name: what the source is called before it is open.
    ///   - stop: ends every wait; give the same to the sources that `open` makes.
    ///   - onEvent: called on the thread that calls `next`, once per change of state.
    ///   - onAttempt: called on that thread before each attempt to open, at least every few seconds while the camera is
    ///     lost: a sign of life.
    ///   - open: makes the source anew.
    ///   - darkAfter, frozenAfter: how long all frames must be dark, or the same, until that is said.
    public convenience init(
        name: String, stop: StopSignal, darkAfter: Duration, frozenAfter: Duration,
        onEvent: @escaping @Sendable (CaptureEvent) -> Void, onAttempt: @escaping () -> Void = {},
        open: @escaping () throws(CaptureError) -> any FrameSource
    ) {
        var thresholds = CameraHealth.Thresholds()
        thresholds.darkAfter = darkAfter
        thresholds.frozenAfter = frozenAfter
        self.init(
            name: name, stop: stop, backoff: Backoff(), thresholds: thresholds, onEvent: onEvent,
            onAttempt: onAttempt, open: open)
    }

    init(
        name: String, stop: StopSignal, backoff: Backoff, thresholds: CameraHealth.Thresholds,
        onEvent: @escaping @Sendable (CaptureEvent) -> Void, onAttempt: @escaping () -> Void,
        open: @escaping () throws(CaptureError) -> any FrameSource
    ) {
        description = SourceDescription(name: name, width: 0, height: 0, framesPerSecond: 0, format: "", isLive: true)
        self.stop = stop
        self.backoff = backoff
        self.health = CameraHealth(thresholds)
        self.onEvent = onEvent
        self.onAttempt = onAttempt
        self.open = open
    }

    /// The state of the camera now.
    public var state: CameraState { health.state }

    /// What became of the frames, over all openings.
    public var counters: FrameCounters { closedCounters + (source?.counters ?? FrameCounters()) }

    /// Waits for the newest frame, however long the camera is away.
    /// - Returns: false after a stop, or at the end of a source that has one.
    public func next(into frame: Frame, notBefore earliest: Duration) throws(CaptureError) -> Bool {
        while !isClosed && !stop.isRequested {
            do throws(CaptureError) {
                let source = try current()
                guard try source.next(into: frame, notBefore: earliest) else { break }
                accept(frame, from: source)
                return true
            } catch {
                giveBack()
                if let state = health.fail(error, at: BootClock.now) { onEvent(.state(state)) }
                stop.wait(for: backoff.next())
            }
        }
        return false
    }

    /// Gives the camera back. `next` returns false from then on.
    public func close() {
        isClosed = true
        giveBack()
    }

    private func current() throws(CaptureError) -> any FrameSource {
        if let source { return source }
        onAttempt()
        let opened = try open()
        source = opened
        firstSequence = nextSequence
        return opened
    }

    private func accept(_ frame: Frame, from source: any FrameSource) {
        backoff.reset()
        frame.sequence += firstSequence
        nextSequence = frame.sequence + 1
        description = source.description
        if announced != description {
            announced = description
            onEvent(.opened(description))
        }
        guard description.isLive else { return }
        if let state = health.observe(LumaSample(frame), at: frame.bootTime) { onEvent(.state(state)) }
    }

    private func giveBack() {
        guard let source else { return }
        closedCounters = closedCounters + source.counters
        source.close()
        self.source = nil
    }
}
