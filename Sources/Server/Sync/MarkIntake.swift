import Attendance
import FoundationEssentials
import SyncProtocol

/// Takes batches of marks from many terminals at once. Those that come while others are being stored are stored together in
/// one transaction: the disk is waited for once for all of them, and nobody is answered before it has been. Those that have
/// waited for too long are refused, as `DatabaseThread` does: their terminals keep the marks and send them again.
actor MarkIntake {
    private let database: DatabaseThread
    /// How many transactions there may be at once: as many as the database takes side by side.
    private let width: Int
    private let patience: Duration
    private var waiting: [Delivery] = []
    private var storing = 0

    /// No transaction has more batches or, but for those of one batch, more marks: each waits for the whole of it.
    private static let largestGroup = (batches: 64, marks: 1000)

    private struct Delivery {
        let since = ContinuousClock.now
        let batch: MarkStore.Batch
        let answer: CheckedContinuation<[MarkResult], any Error>
    }

    init(database: DatabaseThread, width: Int = 1, patience: Duration = DatabaseThread.patience) {
        self.database = database
        self.width = width
        self.patience = patience
    }

    /// Stores a batch; it is durable when this returns.
    /// - Throws: `Problem.overloaded` where its turn did not come in time.
    func receive(_ marks: [ReceivedMark], from terminal: UUID) async throws -> [MarkResult] {
        try await withCheckedThrowingContinuation { answer in
            waiting.append(Delivery(batch: MarkStore.Batch(marks: marks, source: .terminal(terminal)), answer: answer))
            guard storing < width else { return }
            storing += 1
            Task { await storeAll() }
        }
    }

    private func storeAll() async {
        while true {
            let group = takeGroup()
            guard !group.isEmpty else { break }
            await store(group)
        }
        storing -= 1
    }

    /// The deliveries of the next transaction; those that waited for too long are refused and not among them.
    private func takeGroup() -> [Delivery] {
        let now = ContinuousClock.now
        let late = waiting.prefix { now - $0.since >= patience }
        waiting.removeFirst(late.count)
        for delivery in late { delivery.answer.resume(throwing: Problem.overloaded) }
        var marks = 0
        let group = waiting.prefix(Self.largestGroup.batches).prefix { delivery in
            marks += delivery.batch.marks.count
            return marks <= Self.largestGroup.marks || marks == delivery.batch.marks.count
        }
        waiting.removeFirst(group.count)
        return Array(group)
    }

    private func store(_ group: [Delivery]) async {
        do {
            let results = try await stored(group.map(\.batch))
            for (delivery, results) in zip(group, results) { delivery.answer.resume(returning: results) }
        } catch {
            guard group.count > 1 else {
                for delivery in group { delivery.answer.resume(throwing: error) }
                return
            }
            // What is wrong with one of them is not the others' fault.
            for delivery in group { await store([delivery]) }
        }
    }

    private func stored(_ batches: [MarkStore.Batch]) async throws -> [[MarkResult]] {
        try await database.runFirst { database throws(ServerError) in
            try database.marks.receive(batches, now: Clock.now)
        }
    }
}
