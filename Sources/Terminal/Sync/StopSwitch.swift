import Synchronization

/// Ends the sync's transfer under way at once, from any thread.
final class StopSwitch: Sendable {
    /// Wakes a transfer that waits for the network.
    let signal: Signal
    private let thrown = Atomic(false)

    init() throws(ThreadError) {
        signal = try Signal()
    }

    var isThrown: Bool { thrown.load(ordering: .acquiring) }

    func throwIt() {
        thrown.store(true, ordering: .releasing)
        signal.notify()
    }
}
