import Synchronization

/// Places for what costs memory or waits in a line: so many together, and so many of them at most for one sender, so that
/// nobody alone keeps all others out.
final class FairPlaces: Sendable {
    private let together: Int
    private let each: Int
    private let taken = Mutex<[String: Int]>([:])

    /// - Parameters:
    ///   - together: how many there are.
    ///   - each: how many of them one sender may have.
    init(together: Int, each: Int) {
        self.together = together
        self.each = each
    }

    /// How many are taken.
    var count: Int { taken.withLock { $0.values.reduce(0, +) } }

    /// Whether there is a place for a sender at this moment.
    func hasPlace(for sender: String) -> Bool {
        taken.withLock { $0[sender, default: 0] < each && $0.values.reduce(0, +) < together }
    }

    /// Runs the body while the sender has a place.
    /// - Throws: `refusal` where there is none for this sender, and what the body throws.
    func hold<Result>(
        for sender: String, otherwise refusal: Problem, _ body: () async throws -> Result
    ) async throws -> Result {
        guard take(sender) else { throw refusal }
        defer { giveBack(sender) }
        return try await body()
    }

    private func take(_ sender: String) -> Bool {
        taken.withLock { taken in
            guard taken[sender, default: 0] < each, taken.values.reduce(0, +) < together else { return false }
            taken[sender, default: 0] += 1
            return true
        }
    }

    /// Who has none left is forgotten.
    private func giveBack(_ sender: String) {
        taken.withLock { taken in
            let left = taken[sender, default: 1] - 1
            taken[sender] = left > 0 ? left : nil
        }
    }
}
