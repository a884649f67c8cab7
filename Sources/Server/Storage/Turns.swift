/// In which order calls are made that wait: in that in which they came, but for those that go first. Of several turns one is
/// for the others all the same.
struct Turns<Call> {
    /// When a call is made while others wait.
    enum Turn: Sendable {
        /// In its turn.
        case usual
        /// Before the others, for what is short and must not wait: a mark is stored also while every terminal pulls its
        /// roster anew.
        case first
    }

    private var first = Line()
    private var usual = Line()
    /// How many went first since the last of the others.
    private var streak = 0

    /// So many go first one after the other while others wait.
    static var longestStreak: Int { 8 }

    mutating func add(_ call: Call, _ turn: Turn) {
        switch turn {
        case .first: first.add(call)
        case .usual: usual.add(call)
        }
    }

    /// Takes the next call; nil where none waits.
    mutating func next() -> Call? {
        if streak < Self.longestStreak, let call = first.next() {
            streak += 1
            return call
        }
        streak = 0
        return usual.next() ?? first.next()
    }

    /// Calls in the order in which they came.
    private struct Line {
        private var calls: [Call] = []
        /// How many at the beginning were taken.
        private var taken = 0

        mutating func add(_ call: Call) { calls.append(call) }

        mutating func next() -> Call? {
            guard taken < calls.count else { return nil }
            let call = calls[taken]
            taken += 1
            if taken == calls.count || taken > 256 {
                calls.removeFirst(taken)
                taken = 0
            }
            return call
        }
    }
}
