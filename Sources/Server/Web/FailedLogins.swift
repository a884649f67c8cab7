import Synchronization

/// Counts requests with a wrong token per network. A good token is never refused because of its neighbours: terminals
/// of a school share one address behind its router.
final class FailedLogins: Sendable {
    private let windows: Mutex<FailureWindows>

    init(limits: FailureWindows.Limits = .init()) {
        windows = Mutex(FailureWindows(limits: limits))
    }

    func record(address: String) -> FailureWindows.Verdict {
        windows.withLock { $0.record(address: address, now: .now) }
    }
}

/// The pure part: fixed windows per address, bounded in number.
struct FailureWindows {
    struct Limits: Sendable {
        var failures = 20
        var window = Duration.seconds(60)
        var addresses = 4096
    }

    enum Verdict: Equatable {
        case counted
        /// The first refusal of a window is worth a log line, the others are not.
        case tooMany(retryAfter: Int, first: Bool)
    }

    private struct Window {
        var opened: ContinuousClock.Instant
        var failures: Int
    }

    private let limits: Limits
    private var windows: [String: Window] = [:]

    /// How many addresses are remembered.
    var count: Int { windows.count }

    init(limits: Limits) {
        self.limits = limits
    }

    /// Seconds until the window of this address is over, once it has as many failures as are allowed; nil before.
    func wait(address: String, now: ContinuousClock.Instant) -> Int? {
        guard let window = windows[address], window.failures >= limits.failures, now - window.opened < limits.window
        else { return nil }
        return max(1, Int((limits.window - (now - window.opened)).components.seconds))
    }

    mutating func record(address: String, now: ContinuousClock.Instant) -> Verdict {
        if windows[address] == nil, windows.count >= limits.addresses { makeRoom(now: now) }
        var window = windows[address] ?? Window(opened: now, failures: 0)
        if now - window.opened >= limits.window { window = Window(opened: now, failures: 0) }
        window.failures += 1
        windows[address] = window
        guard window.failures > limits.failures else { return .counted }
        let left = limits.window - (now - window.opened)
        return .tooMany(
            retryAfter: max(1, Int(left.components.seconds)), first: window.failures == limits.failures + 1)
    }

    /// Takes a failure back that turned out to be none.
    mutating func takeBack(address: String) {
        guard let failures = windows[address]?.failures, failures > 0 else { return }
        windows[address]?.failures = failures - 1
    }

    /// Forgets the windows that are over, and where that is not enough, the half with the fewest failures: whoever owns
    /// more addresses than are kept does not have those forgotten that are refused.
    private mutating func makeRoom(now: ContinuousClock.Instant) {
        windows = windows.filter { now - $0.value.opened < limits.window }
        guard windows.count >= limits.addresses else { return }
        let fewest = windows.sorted { $0.value.failures < $1.value.failures }.prefix((windows.count + 1) / 2)
        for (address, _) in fewest { windows[address] = nil }
    }
}
