import Glibc

/// When the frames of a file are due.
struct Pacer {
    let pace: Pace
    let framesPerSecond: Double
    /// When playing began, on CLOCK_BOOTTIME.
    private(set) var start: Duration

    init(pace: Pace, framesPerSecond: Double, start: Duration) {
        self.pace = pace
        self.framesPerSecond = framesPerSecond
        self.start = start
    }

    func time(of index: UInt64) -> Duration { start + .seconds(Double(index) / framesPerSecond) }

    /// How many frames from `index` on are over: their successor is due already.
    func overdue(at now: Duration, next index: UInt64) -> UInt64 {
        guard pace == .realTime, now > time(of: index) else { return 0 }
        return UInt64((now - time(of: index)) / .seconds(1) * framesPerSecond)
    }

    /// Begins anew where the source stalled: a frame that comes only now was taken only now.
    mutating func catchUp(at now: Duration, next index: UInt64) {
        if pace == .realTime { start += max(.zero, now - time(of: index)) }
    }

    /// Sleeps until a frame is due.
    /// - Returns: false when a stop was asked for.
    func waitFor(_ index: UInt64, stop: StopSignal?) -> Bool {
        if pace == .realTime {
            let left = time(of: index) - BootClock.now
            if left > .zero { return waitUntilReadable(-1, for: left, or: stop) != .stopped }
        }
        return stop?.isRequested != true
    }
}
