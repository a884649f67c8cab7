import Identification
import Synchronization

/// Everybody's templates in memory, for the pictures that the server looks at itself. It follows the database's revision
/// at each use, whichever process moved it: who lost their templates is not matched any more.
final class FaceRoster: Sendable {
    private let database: DatabaseThread
    private let edition = Mutex(FaceEdition())

    init(database: DatabaseThread) {
        self.database = database
    }

    /// The roster as it is now, ready to decide about.
    func identifier() async throws -> Identifier {
        let old = edition.withLock { $0 }
        let now = try await database.run { database throws(ServerError) in try database.people.revision() }
        guard now != old.place else { return old.identifier }
        var new = old
        new.begin(now)
        var hasMore = true
        while hasMore {
            let since = new.place.revision
            let page = try await database.run { database throws(ServerError) in
                try database.people.changes(since: since)
            }
            new.take(page)
            hasMore = page.hasMore
        }
        new.finish(now)
        return edition.withLock { [new] edition in
            // Somebody else may have read on meanwhile.
            if edition.place.epoch != new.place.epoch || edition.place.revision < new.place.revision { edition = new }
            return edition.identifier
        }
    }
}
