import Glibc
import Synchronization

/// Ends the waits of a source from another thread, so that a program stops at once.
///
/// A pipe that nobody reads: once it has a byte, every `poll` that watches it returns. `request()` may be called from a signal
/// handler.
public final class StopSignal: Sendable {
    private let isSet = Atomic(false)
    private let writeEnd: Int32
    let readEnd: Int32

    /// - Throws: `io` when the process has no file descriptor left.
    public init() throws(CaptureError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .io(operation: "make", path: "a pipe", reason: systemReason(errno)) }
        readEnd = ends[0]
        writeEnd = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Whether a stop was asked for.
    public var isRequested: Bool { isSet.load(ordering: .acquiring) }

    /// Asks for a stop. It stays asked for.
    public func request() {
        guard !isSet.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    /// Sleeps, at most until a stop is asked for.
    /// - Returns: whether it is.
    @discardableResult
    public func wait(for duration: Duration) -> Bool {
        _ = waitUntilReadable(-1, for: duration, or: self)
        return isRequested
    }
}

/// What ended a wait for a file descriptor.
enum Readiness {
    case readable
    case failed
    case timedOut
    case stopped
}

/// Waits until `fd` is readable (-1: none is), until the time is over (nil: for ever), or for a stop.
func waitUntilReadable(_ fd: Int32, for duration: Duration?, or stop: StopSignal?) -> Readiness {
    let deadline = duration.map { BootClock.now + $0 }
    while true {
        if stop?.isRequested == true { return .stopped }
        var milliseconds: Int32 = -1
        if let deadline {
            // Rounded up: a wait that ends early would be a wait too many.
            let left = ((deadline - BootClock.now) / .milliseconds(1)).rounded(.up)
            milliseconds = Int32(min(max(left, 0), 60_000))
        }
        var watched = (
            pollfd(fd: fd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop?.readEnd ?? -1, events: Int16(POLLIN), revents: 0)
        )
        let ready = withUnsafeMutableBytes(of: &watched) {
            poll($0.assumingMemoryBound(to: pollfd.self).baseAddress, 2, milliseconds)
        }
        if ready < 0 && errno != EINTR { return .failed }
        if watched.1.revents != 0 { return .stopped }
        if watched.0.revents & Int16(POLLIN) != 0 { return .readable }
        if watched.0.revents != 0 { return .failed }
        if let deadline, BootClock.now >= deadline { return .timedOut }
    }
}
