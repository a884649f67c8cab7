import CMicroHTTPD
import Capture
import Synchronization

/// Tells every page at the door what happens there, as it happens. One thread looks at the board ten times a second while
/// anybody listens; the stages only write to the board and wait for nothing here.
final class DoorFeed: Sendable {
    /// How soon something new is sent.
    static let interval: Duration = .milliseconds(100)
    /// So often listeners hear something when nothing is new.
    static let beat: Duration = .seconds(1)

    /// The C pointer to the server whose two functions here may be called from any thread.
    private struct Listeners: @unchecked Sendable {
        var server: OpaquePointer
    }

    /// What the listeners were told.
    private struct Told {
        var listeners: Listeners?
        var greeting: UInt64 = 0
        var view: DoorView?
        var at: Duration = .zero
        var isOver = false
    }

    private let board: StatusBoard
    private let told = Mutex(Told())
    private let signal: Signal

    /// A feed of what `board` says; `run` sends it.
    init(board: StatusBoard) throws(ThreadError) {
        self.board = board
        signal = try Signal()
    }

    /// The server whose listeners are told; before any of them is welcomed. It must live as long as anybody calls this feed.
    func attach(_ server: OpaquePointer) {
        let listeners = Listeners(server: server)
        told.withLock { $0.listeners = listeners }
    }

    /// Sends to the listeners until `stop`.
    func run() {
        guard let server = told.withLock({ $0.listeners })?.server else { return }
        // Whoever was welcomed is a listener a moment later.
        var expectedUntil = Duration.zero
        while !told.withLock({ $0.isOver }) {
            let isHeard = cmhd_stream_count(server) > 0 || BootClock.now < expectedUntil
            if isHeard { tell() }
            if signal.wait(atMost: isHeard ? Self.interval : Self.beat) { expectedUntil = BootClock.now + Self.beat }
        }
    }

    /// `run` is to return.
    func stop() {
        told.withLock { $0.isOver = true }
        signal.notify()
    }

    /// What a new listener is told first: how the door is. A greeting from before goes to the others now, and not to this one.
    func welcome() -> [UInt8] {
        tell()
        signal.notify()
        let now = BootClock.now
        return DoorEvent.opening + DoorEvent.view(DoorView(board.current, now: now), now: now)
    }

    private func tell() {
        told.withLock { told in
            let facts = board.current
            let now = BootClock.now
            var bytes: [UInt8] = []
            for sent in facts.door.greetings(after: told.greeting, now: now) {
                bytes += DoorEvent.greeting(sent, now: now)
            }
            told.greeting = facts.door.lastNumber
            let view = DoorView(facts, now: now)
            if view != told.view || now - told.at >= Self.beat {
                if view == told.view { bytes += DoorEvent.heartbeat }
                bytes += DoorEvent.view(view, now: now)
                told.view = view
                told.at = now
            }
            guard !bytes.isEmpty, let listeners = told.listeners else { return }
            cmhd_publish(listeners.server, bytes, bytes.count)
        }
    }
}
