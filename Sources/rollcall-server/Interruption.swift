import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM, noted instead of ending the program: what it has begun is finished, and said, before it ends.
struct Interruption {
    private final class Note: Sendable {
        let signal = Mutex<Int32?>(nil)
    }

    private static let signals = [SIGINT, SIGTERM]

    private let note = Note()
    private let sources: [any DispatchSourceSignal]

    /// Notes them from now on.
    init() {
        let queue = DispatchQueue(label: "rollcall.interruption")
        sources = Self.signals.map { [note] number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { note.signal.withLock { $0 = $0 ?? number } }
            source.resume()
            return source
        }
    }

    /// Whether one came.
    var isNoted: Bool { exitStatus != nil }

    /// What the program ends with after one, as a shell has it: 130 for SIGINT, 143 for SIGTERM.
    var exitStatus: Int32? { note.signal.withLock { $0.map { 128 + $0 } } }
}
