import Synchronization

/// How many photographs the open door takes: per network that counts as one sender, and from everywhere together.
final class UploadLimits: Sendable {
    private let windows: Mutex<(near: FailureWindows, all: FailureWindows)>

    init(_ configuration: UploadConfiguration) {
        let minute = Duration.seconds(60)
        windows = Mutex(
            (
                FailureWindows(limits: .init(failures: configuration.perAddress, window: minute)),
                FailureWindows(limits: .init(failures: configuration.total, window: minute))
            ))
    }

    /// Counts one photograph. One that is refused for its sender does not use up what there is for all.
    /// - Returns: seconds to wait where there were too many; nil where it may come in.
    func wait(network: String, now: ContinuousClock.Instant = .now) -> Int? {
        windows.withLock { windows in
            if case .tooMany(let retryAfter, _) = windows.near.record(address: network, now: now) { return retryAfter }
            if case .tooMany(let retryAfter, _) = windows.all.record(address: "", now: now) { return retryAfter }
            return nil
        }
    }
}

extension Problem {
    static func tooManyUploads(retryAfter: Int) -> Problem {
        Problem(
            status: .tooManyRequests, detail: "Too many photographs came within a minute.",
            headers: [.retryAfter: String(retryAfter)])
    }
}
