import Synchronization

/// How often a wrong password may be tried: for one account from one network and from everywhere together, and from one
/// network for all accounts together. Who knows the password is refused only while somebody tries it from their own
/// network, many do from everywhere, or many passwords of all accounts are tried from their own network.
final class LoginLimits: Sendable {
    private struct Windows: Sendable {
        var near: FailureWindows
        var everywhere: FailureWindows
        var network: FailureWindows
    }

    private let windows: Mutex<Windows>

    /// - Parameter network: a whole school may log in from behind one router, and one in ten mistypes.
    init(
        near: FailureWindows.Limits = .init(failures: 5, window: .seconds(300)),
        everywhere: FailureWindows.Limits = .init(failures: 100, window: .seconds(900)),
        network: FailureWindows.Limits = .init(failures: 300, window: .seconds(900))
    ) {
        windows = Mutex(
            Windows(
                near: FailureWindows(limits: near), everywhere: FailureWindows(limits: everywhere),
                network: FailureWindows(limits: network)))
    }

    /// Tries a password, unless too many were wrong: then a right and a wrong one are refused alike. A try counts as wrong
    /// from its beginning until it turns out right, so that many at once are no way around the limits.
    /// - Parameters:
    ///   - account: whose password it is to be, whether or not there is such an account.
    ///   - body: gives nil for a wrong password.
    /// - Returns: what the body gives.
    /// - Throws: 429, and what the body throws.
    func attempt<Value>(
        _ account: String, from network: String, _ body: () async throws -> Value?
    ) async throws -> Value? {
        if let wait = begin(account, network) { throw Problem.tooManyPasswords(retryAfter: wait) }
        do {
            let value = try await body()
            if value != nil { takeBack(account, network) }
            return value
        } catch {
            takeBack(account, network)
            throw error
        }
    }

    /// Counts a try.
    /// - Returns: seconds to wait before the next one where this one may not be made; it does not count then.
    private func begin(_ account: String, _ network: String) -> Int? {
        windows.withLock { windows in
            let near = Self.near(account, network)
            let wait =
                windows.near.wait(address: near, now: .now) ?? windows.everywhere.wait(address: account, now: .now)
                ?? windows.network.wait(address: network, now: .now)
            if let wait { return wait }
            _ = windows.near.record(address: near, now: .now)
            _ = windows.everywhere.record(address: account, now: .now)
            _ = windows.network.record(address: network, now: .now)
            return nil
        }
    }

    private func takeBack(_ account: String, _ network: String) {
        windows.withLock { windows in
            windows.near.takeBack(address: Self.near(account, network))
            windows.everywhere.takeBack(address: account)
            windows.network.takeBack(address: network)
        }
    }

    private static func near(_ account: String, _ network: String) -> String { "\(network) \(account)" }
}

extension Problem {
    static func tooManyPasswords(retryAfter: Int) -> Problem {
        Problem(
            status: .tooManyRequests, detail: "Too many wrong passwords were given. Try again later.",
            headers: [.retryAfter: String(retryAfter)])
    }
}
