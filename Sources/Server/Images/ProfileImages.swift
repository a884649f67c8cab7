import Attendance
import Dispatch
import FoundationEssentials
import Logging

/// The images of people: one each, in a store.
struct ProfileImages: Sendable {
    let database: DatabaseThread
    let store: ImageStore
    /// Waits for the store. One at a time: a store that hangs costs one thread.
    private let queue = DispatchQueue(label: "rollcall.images", qos: .utility)

    init(database: DatabaseThread, store: ImageStore) {
        self.database = database
        self.store = store
    }

    /// Gives a person another image; the one before is deleted.
    /// - Returns: false where there is no such person any more.
    func set(_ jpeg: [UInt8], of person: UUID, by actor: AuditTrail.Actor) async throws -> Bool {
        let record = ImageRecords.Record(
            id: UUID(), person: person, store: store.kind.rawValue, place: ImageStore.newPlace(), bytes: jpeg.count)
        try await database.run { database throws(ServerError) in try database.images.begin(record, now: Clock.now) }
        try await wait { [store] () throws(ImageError) in try store.put(jpeg, at: record.place, of: person) }
        let isUsed = try await database.run { database throws(ServerError) in
            try database.images.use(record, by: actor, now: Clock.now)
        }
        return isUsed
    }

    /// The person's image; nil without one.
    func read(of person: UUID) async throws -> [UInt8]? {
        let found = try await database.run { database throws(ServerError) in try database.images.find(of: person) }
        guard let record = found else { return nil }
        guard record.store == store.kind.rawValue else {
            throw ImageError.unavailable("the image is in the store \(record.store), which [images] no longer names")
        }
        return try await wait { [store] () throws(ImageError) in try store.get(record.place, of: person) }
    }

    /// Takes a person's image away and deletes it.
    /// - Returns: whether there was one.
    func remove(of person: UUID, by actor: AuditTrail.Actor) async throws -> Bool {
        try await database.run { database throws(ServerError) in
            try database.images.disuse(of: person, by: actor, now: Clock.now)
        }
    }

    /// Deletes the images that nobody has any more. What cannot be deleted now is tried again the next time.
    func sweep(_ logger: Logger) async {
        do {
            let orphans = try await database.runPatiently { database throws(ServerError) in
                try database.images.orphans(now: Clock.now)
            }
            for orphan in orphans where orphan.store == store.kind.rawValue {
                try await wait { [store] () throws(ImageError) in try store.delete(orphan.place) }
                try await database.runPatiently { database throws(ServerError) in try database.images.forget(orphan.id)
                }
            }
        } catch {
            logger.warning("Images that nobody has are not deleted yet", metadata: ["error": "\(error)"])
        }
    }

    private func wait<Result: Sendable>(
        _ body: @escaping @Sendable () throws(ImageError) -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                do throws(ImageError) {
                    continuation.resume(returning: try body())
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
