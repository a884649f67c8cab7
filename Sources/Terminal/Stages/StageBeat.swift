import Capture
import Synchronization

/// When a stage last showed that it moves on.
public final class StageBeat: Sendable {
    private let last: Atomic<Int64>

    /// A stage that has just begun.
    public init() { last = Atomic(BootClock.now.wholeMilliseconds) }

    /// The stage moves on.
    public func beat() { last.store(BootClock.now.wholeMilliseconds, ordering: .relaxed) }

    /// How long ago it last said so.
    public var age: Duration { BootClock.now - .milliseconds(last.load(ordering: .relaxed)) }
}
