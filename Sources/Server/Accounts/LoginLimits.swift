import Synchronization

/// How often a wrong password may be tried: per address for one account, and from everywhere together for one account. Who
/// knows the password is refused only while somebody tries it from their own address, or many do from everywhere.
final class LoginLimits: Sendable {
    private let windows: Mutex<(near: FailureWindows, everywhere: FailureWindows)>

    init(
        near: FailureWindows.Limits = .init(failures: 5, window: .seconds(300)),
        everywhere: FailureWindows.Limits = .init(failures: 100, window: .seconds(900))
    ) {
        windows = Mutex((FailureWindows(limits: near), FailureWindows(limits: everywhere)))
    }

    /// Seconds to wait before the next try; nil when it may be made now. Asked before the password is looked at, so that
    /// a right and a wrong one are refused alike.
    func wait(email: String, address: String) -> Int? {
        windows.withLock { windows in
            windows.near.wait(address: "\(address) \(email)", now: .now)
                ?? windows.everywhere.wait(address: email, now: .now)
        }
    }

    /// Counts a try that was wrong.
    func recordFailure(email: String, address: String) {
        windows.withLock { windows in
            _ = windows.near.record(address: "\(address) \(email)", now: .now)
            _ = windows.everywhere.record(address: email, now: .now)
        }
    }
}
