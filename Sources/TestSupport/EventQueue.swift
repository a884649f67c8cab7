/// What happens when in simulated time, the earliest first: a binary heap. Events are numbers.
public struct EventQueue: Sendable {
    private var events: [(at: Duration, event: Int)] = []

    /// Nothing happens yet.
    public init() {}

    /// The next event.
    public var first: (at: Duration, event: Int)? { events.first }

    /// Adds an event.
    public mutating func add(_ event: Int, at moment: Duration) {
        events.append((moment, event))
        var child = events.count - 1
        while child > 0, events[child].at < events[(child - 1) / 2].at {
            events.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Puts the first event off.
    public mutating func putOffFirst(until moment: Duration) {
        guard !events.isEmpty else { return }
        events[0].at = moment
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < events.count else { return }
            if child + 1 < events.count, events[child + 1].at < events[child].at { child += 1 }
            guard events[child].at < events[parent].at else { return }
            events.swapAt(parent, child)
            parent = child
        }
    }
}
