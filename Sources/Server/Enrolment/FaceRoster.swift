import Database
import Dispatch
import Identification
import Synchronization

/// Everybody's templates in memory, for the pictures that the server looks at itself. It follows the database's revision
/// at each use, whichever process moved it: who lost their templates is not matched any more.
///
/// To make a school's roster ready takes tens of milliseconds. It is done on a thread of its own, one edition at a time:
/// whoever comes meanwhile waits for the next one, which takes in all changes until it is begun.
final class FaceRoster: Sendable {
    private let database: DatabaseThread
    private let queue = DispatchQueue(label: "rollcall.roster", qos: .utility)
    private let state = Mutex(State())

    private typealias Waiter = CheckedContinuation<Identifier, any Error>

    private struct State {
        var edition = FaceEdition()
        /// A task follows the roster, and goes on until nobody waits.
        var isFollowing = false
        var waiting: [Waiter] = []
    }

    init(database: DatabaseThread) {
        self.database = database
    }

    /// The number of the edition there is.
    var number: Int { state.withLock { $0.edition.number } }

    /// The roster as it is now, ready to decide about.
    func identifier() async throws -> Identifier {
        let now = try await database.run { database throws(ServerError) in try database.people.revision() }
        return try await withCheckedThrowingContinuation { waiter in
            let (known, isFirst) = state.withLock { state -> (Identifier?, Bool) in
                if state.edition.isAsNew(as: now) { return (state.edition.identifier, false) }
                state.waiting.append(waiter)
                defer { state.isFollowing = true }
                return (nil, !state.isFollowing)
            }
            if let known { waiter.resume(returning: known) }
            // No request's own task: whoever asked may go away.
            if isFirst { Task { await follow() } }
        }
    }

    private func follow() async {
        while let (old, waiters) = nextRound() {
            let outcome: Result<FaceEdition, any Error>
            do { outcome = .success(try await newest(after: old)) } catch { outcome = .failure(error) }
            if case .success(let new) = outcome { state.withLock { $0.edition = new } }
            for waiter in waiters { waiter.resume(with: outcome.map(\.identifier)) }
        }
    }

    /// The edition there is and everybody who waits for a newer one; nil, which is the end, when nobody does.
    private func nextRound() -> (FaceEdition, [Waiter])? {
        state.withLock { state in
            state.isFollowing = !state.waiting.isEmpty
            guard state.isFollowing else { return nil }
            defer { state.waiting = [] }
            return (state.edition, state.waiting)
        }
    }

    private func newest(after old: FaceEdition) async throws -> FaceEdition {
        let now = try await database.run { database throws(ServerError) in try database.people.revision() }
        guard !old.isAsNew(as: now) else { return old }
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
        return await withCheckedContinuation { finished in
            queue.async { [new] in
                var new = new
                new.finish(now)
                finished.resume(returning: new)
            }
        }
    }
}
