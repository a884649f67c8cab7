import Capture
import Glibc

/// A wake-up call from any thread to the one that waits. Calls before the wait are remembered; many wake it once.
///
/// It is a pipe, not a condition variable, so that the same call can also end a wait in `poll` beside sockets.
public final class Signal: Sendable {
    /// Readable while a call has not been taken; for `poll` beside other descriptors.
    public let descriptor: Int32
    private let writer: Int32

    /// Throws `ThreadError.noSignal` when the process has no file descriptor left.
    public init() throws(ThreadError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .noSignal(errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writer = ends[1]
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    /// Wakes the waiting thread, or the next one to wait. Never blocks: a full pipe already holds a call.
    public func notify() {
        var byte: UInt8 = 1
        _ = write(writer, &byte, 1)
    }

    /// Waits for a call, at most so long, and takes it. True when there was one.
    @discardableResult
    public func wait(atMost limit: Duration) -> Bool {
        let deadline = BootClock.now + limit
        while true {
            let left = max(0, (deadline - BootClock.now).wholeMilliseconds + 1)
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, Int32(min(left, Int64(Int32.max))))
            if ready > 0 {
                take()
                return true
            }
            if ready == 0 && BootClock.now >= deadline { return false }
            if ready < 0 && errno != EINTR { return false }
        }
    }

    /// Takes every call made so far.
    private func take() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(descriptor, &bytes, bytes.count) > 0 {}
    }
}
