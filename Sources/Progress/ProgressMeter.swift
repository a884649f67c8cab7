/// Shows how far long work is: on a screen one line that is written over (at most ten times a second), elsewhere a
/// plain line each tenth of the work, and at least every ten seconds.
///
/// Begin it when the work itself begins (models loaded), so that the rate is the work's own.
public struct ProgressMeter: Sendable {
    private let label: String
    private let unit: String
    private let total: Int?
    private let output: ProgressOutput
    private let now: @Sendable () -> Duration
    private let started: Duration
    private var done = 0
    private var shownAt: Duration?
    private var shownTenths = 0
    private var isLineOpen = false

    private static let screenInterval = Duration.milliseconds(100)
    private static let plainInterval = Duration.seconds(10)

    /// - Parameters:
    ///   - label: what is being done, as "Enrolling".
    ///   - unit: what is counted, in the plural, as "photographs".
    ///   - total: how many there are; nil when nobody knows (a stream), then no share and no time left is shown.
    ///   - now: the time source.
    public init(
        _ label: String, unit: String, total: Int?, output: ProgressOutput = .standardError,
        now: @escaping @Sendable () -> Duration = { ProgressClock.now }
    ) {
        self.label = label
        self.unit = unit
        self.total = total
        self.output = output
        self.now = now
        started = now()
    }

    /// Counts what has been done since the last call, and shows it when it is time to.
    public mutating func advance(by count: Int = 1) {
        done += count
        let time = now()
        if output.isScreen {
            if let shownAt, time - shownAt < Self.screenInterval { return }
            shownAt = time
            redraw(at: time)
        } else {
            let tenths = total.map { $0 > 0 ? done * 10 / $0 : 0 } ?? 0
            guard tenths > shownTenths || time - (shownAt ?? started) >= Self.plainInterval else { return }
            shownTenths = tenths
            shownAt = time
            // The last line is for `finish`.
            if done != total { output.write(text(at: time).running + "\n") }
        }
    }

    /// Says something else meanwhile, on a line of its own above the progress.
    public mutating func note(_ line: String) {
        clear()
        output.write(line + "\n")
        if output.isScreen && shownAt != nil { redraw(at: now()) }
    }

    /// Takes the line from the screen, so that other output can follow; `advance` brings it back.
    public mutating func clear() {
        guard isLineOpen else { return }
        output.write("\r\u{1B}[K")
        isLineOpen = false
    }

    /// The work is over, done or given up: one line that stays says how much was done, and in what time.
    public mutating func finish() {
        clear()
        output.write(text(at: now()).ended + "\n")
    }

    private mutating func redraw(at time: Duration) {
        // A full line would wrap, and the next one could not be written over it.
        let line = text(at: time).running.prefix(max(1, output.columns() - 1))
        output.write("\r\(line)\u{1B}[K")
        isLineOpen = true
    }

    private func text(at time: Duration) -> ProgressText {
        ProgressText(label: label, unit: unit, total: total, done: done, elapsed: time - started)
    }
}
