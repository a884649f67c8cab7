import Attendance
import Database
import FoundationEssentials
import SyncProtocol
import Synchronization

/// The roster on the terminal's disk: who may be recognised, their templates sealed, the policy, and the cursor of the
/// server's changes. One SQLite file with one connection behind one lock.
///
/// Who is deleted is really gone: SQLite overwrites the bytes, and the log is emptied. A file that cannot be read is set
/// aside, the store begins empty and without a cursor, so that everything is pulled again.
public final class RosterStore: Sendable {
    struct State {
        var connection: SQLiteConnection?
        var damage: RosterDamage?
    }

    private let path: String
    private let vault: TemplateVault
    private let lock: FileLock
    private let state: Mutex<State>

    private static let cursor = "cursor"
    private static let policy = "policy"

    /// Opens the stored roster, or makes an empty one (mode 0600).
    public init(path: String, vault: TemplateVault) throws(RosterStoreError) {
        self.path = path
        self.vault = vault
        do throws(DatabaseError) {
            lock = try FileLock(for: path)
            state = Mutex(State())
            try state.withLock { state throws(DatabaseError) in _ = try open(&state) }
        } catch { throw RosterStoreError(error) }
    }

    /// Applies one page of changes, pulled with `cursor`, in one transaction. Throws `.otherCursor` when the store has
    /// another cursor by now (it was found damaged and began again): changes make no sense without what they change.
    ///
    /// With `reset`, people of the old roster stay until the last page (the one without `more`) has come, so that a lost
    /// connection in between does not leave half a school unknown.
    @discardableResult
    public func apply(_ delta: RosterDelta, since cursor: String?) throws(RosterStoreError) -> RosterChange {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let policy = try? String(decoding: encoder.encode(delta.policy), as: UTF8.self) else {
            throw .unstorable(reason: "the policy cannot be written as JSON")
        }
        let applied: RosterChange? = try access { (connection, state) throws(DatabaseError) in
            let stored = tables(connection)
            let isNext = try stored.setting(Self.cursor) == cursor
            guard delta.reset || isNext else { return nil }
            var change = RosterChange(isNewPolicy: try stored.setting(Self.policy) != policy)
            try connection.transaction { (session) throws(DatabaseError) in
                let tables = tables(session)
                if delta.reset { try tables.startReplacing() }
                for person in delta.removed where try tables.delete(person) { change.deleted += 1 }
                for person in delta.people { try tables.store(person) }
                change.stored += delta.people.count
                if !delta.more { change.deleted += try tables.finishReplacing() }
                try tables.set(Self.policy, to: policy)
                try tables.set(Self.cursor, to: delta.cursor)
            }
            // Deleted and replaced templates are overwritten in the file, and must not live on in its log.
            try connection.checkpoint()
            if !delta.more {
                // The roster is whole again: what a damaged file holds of people who may be deleted by now goes as well.
                try DatabaseFiles.removeSetAside(path)
                state.damage = nil
            }
            return change
        }
        guard let applied else { throw .otherCursor }
        return applied
    }

    /// The whole stored roster.
    public func load() throws(RosterStoreError) -> StoredRoster {
        try access { (connection, _) throws(DatabaseError) in try read(connection) }
    }

    /// The cursor for the next pull; nil asks for everything.
    public var cursor: String? {
        get throws(RosterStoreError) {
            try access { (connection, _) throws(DatabaseError) in
                try tables(connection).setting(Self.cursor)
            }
        }
    }

    /// The damage that was found, until the roster is complete again.
    public var damage: RosterDamage? { state.withLock { $0.damage } }

    private func tables(_ session: any SQLSession) -> RosterTables { RosterTables(session: session, vault: vault) }

    private func read(_ connection: SQLiteConnection) throws(DatabaseError) -> StoredRoster {
        let tables = tables(connection)
        var policy: AttendancePolicy?
        if let text = try tables.setting(Self.policy) {
            policy = try? JSONDecoder().decode(AttendancePolicy.self, from: Data(text.utf8))
            guard policy != nil else {
                throw .unexpectedValue(column: "policy", wanted: "an attendance policy", found: "another text")
            }
        }
        return StoredRoster(people: try tables.people(), policy: policy, cursor: try tables.setting(Self.cursor))
    }

    /// Makes a call on the file, once more on an empty one after it was found damaged.
    func access<R: Sendable>(
        _ body: (SQLiteConnection, inout State) throws(DatabaseError) -> R
    ) throws(RosterStoreError) -> R {
        try state.withLock { state throws(RosterStoreError) in
            do throws(DatabaseError) {
                let connection = if let open = state.connection { open } else { try open(&state) }
                do throws(DatabaseError) { return try body(connection, &state) } catch {
                    guard error.meansDamage else { throw error }
                    return try body(try startEmpty(&state, because: error), &state)
                }
            } catch { throw RosterStoreError(error) }
        }
    }

    /// Opens the file and reads all of it once, which finds every damage that matters: in the tables, in the policy, in a
    /// sealed template.
    private func open(_ state: inout State) throws(DatabaseError) -> SQLiteConnection {
        do throws(DatabaseError) {
            let connection = try openAsIs()
            state.connection = connection
            if let problem = try connection.check(quick: false).first {
                throw .unexpectedValue(column: "roster", wanted: "a sound file", found: problem)
            }
            _ = try read(connection)
            return connection
        } catch {
            guard error.meansDamage else { throw error }
            return try startEmpty(&state, because: error)
        }
    }

    private func startEmpty(_ state: inout State, because error: DatabaseError) throws(DatabaseError)
        -> SQLiteConnection
    {
        state.connection?.abandon()
        state.connection = nil
        state.damage = RosterDamage(path: try DatabaseFiles.setAside(path), reason: "\(error)")
        let connection = try openAsIs()
        state.connection = connection
        return connection
    }

    private func openAsIs() throws(DatabaseError) -> SQLiteConnection {
        try SQLiteConnection(path: path, use: .alone, migrations: RosterTables.migrations, lock: lock)
    }
}
