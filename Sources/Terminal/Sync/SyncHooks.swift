import Attendance
import SyncProtocol

/// What the sync asks of the rest of the terminal, and tells it. All are called on the sync thread and must be quick.
public struct SyncHooks: Sendable {
    /// The server's time, when the request was sent and when its answer came (boot clock). Take it as an anchor of the
    /// trusted time and resolve the times of waiting marks: they are sent after this returns.
    public var serverTime: @Sendable (_ time: Instant, _ sent: Duration, _ answered: Duration) -> Void
    /// The stored roster has changed and is complete: load it.
    public var rosterChanged: @Sendable () -> Void
    /// The stored roster is at this cursor and complete, and nothing in it has changed.
    public var rosterConfirmed: @Sendable (_ cursor: String) -> Void
    /// The terminal's health now.
    public var heartbeat: @Sendable () -> Heartbeat

    /// All of them.
    public init(
        serverTime: @escaping @Sendable (_ time: Instant, _ sent: Duration, _ answered: Duration) -> Void,
        rosterChanged: @escaping @Sendable () -> Void,
        rosterConfirmed: @escaping @Sendable (_ cursor: String) -> Void = { _ in },
        heartbeat: @escaping @Sendable () -> Heartbeat
    ) {
        self.serverTime = serverTime
        self.rosterChanged = rosterChanged
        self.rosterConfirmed = rosterConfirmed
        self.heartbeat = heartbeat
    }
}
