import TestSupport

@testable import Terminal

/// Many terminals and one server, in simulated time.
struct SimulatedFleet: Sendable {
    private(set) var terminals: [SimulatedTerminal]
    /// Requests in each second since the beginning.
    private(set) var requests: [Int] = []
    /// Until when the fleet has lived.
    private(set) var now = Duration.zero
    /// The terminals' next rounds.
    private var queue = EventQueue()

    init(_ terminals: [SimulatedTerminal]) {
        self.terminals = terminals
        for index in terminals.indices { queue.add(index, at: terminals[index].next) }
    }

    /// Lives on with a server of one mood.
    mutating func live(for duration: Duration, mood: ServerMood) {
        let end = now + duration
        requests += [Int](repeating: 0, count: Int(end.components.seconds) + 300 - requests.count)
        while let first = queue.first, first.at < end {
            let done = terminals[first.event].round(at: first.at, mood: mood, back: end) {
                requests[Int($0.components.seconds)] += 1
            }
            queue.putOffFirst(until: max(done, terminals[first.event].next))
        }
        now = end
    }

    /// When the last of the marks made before a moment has left its outbox; nil when one has not.
    func delivered(marksBefore moment: Duration) -> Duration? {
        let moments = terminals.map { $0.delivered(marksBefore: moment) }
        return moments.contains(nil) ? nil : moments.compactMap(\.self).max()
    }

    /// Requests a second between two moments.
    func rate(from start: Duration, to end: Duration) -> Double {
        let seconds = Int(start.components.seconds)..<Int(end.components.seconds)
        return Double(requests[seconds].reduce(0, +)) / Double(seconds.count)
    }

    /// The highest rate of any so many seconds in a row.
    func peak(of width: Int, from start: Duration, to end: Duration) -> Double {
        let seconds = Int(start.components.seconds)...Int(end.components.seconds) - width
        return Double(seconds.map { requests[$0..<$0 + width].reduce(0, +) }.max() ?? 0) / Double(width)
    }
}
