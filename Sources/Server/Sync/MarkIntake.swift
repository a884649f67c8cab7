import Attendance
import FoundationEssentials
import SyncProtocol

/// Takes batches of marks from many terminals at once. Those that come while others are being stored are stored together in
/// one transaction: the disk is waited for once for all of them, and nobody is answered before it has been.
actor MarkIntake {
    private let database: DatabaseThread
    /// How many transactions there may be at once: as many as the database takes side by side.
    private let width: Int
    private var waiting: [Delivery] = []
    private var storing = 0

    /// No transaction has more batches: each waits for the whole of it.
    private static let largestGroup = 64

    private struct Delivery {
        let batch: MarkStore.Batch
        let answer: CheckedContinuation<[MarkResult], any Error>
    }

    init(database: DatabaseThread, width: Int = 1) {
        self.database = database
        self.width = width
    }

    /// Stores a batch; it is durable when this returns.
    func receive(_ marks: [ReceivedMark], from terminal: UUID) async throws -> [MarkResult] {
        try await withCheckedThrowingContinuation { answer in
            waiting.append(Delivery(batch: MarkStore.Batch(marks: marks, source: .terminal(terminal)), answer: answer))
            guard storing < width else { return }
            storing += 1
            Task { await storeAll() }
        }
    }

    private func storeAll() async {
        while !waiting.isEmpty {
            let group = Array(waiting.prefix(Self.largestGroup))
            waiting.removeFirst(group.count)
            await store(group)
        }
        storing -= 1
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
