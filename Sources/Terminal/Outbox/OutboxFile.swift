import Attendance
import Database
import FoundationEssentials

/// Opens the outbox's file. A damaged one is set aside, what can be read of it goes into a fresh one.
struct OutboxFile {
    let path: String
    let lock: FileLock
    let now: @Sendable () -> Instant

    /// Where a fresh file is made ready before it takes the damaged one's place.
    private var draft: String { "\(path).rebuilt" }

    /// The sound file, whatever state it was left in.
    func open() throws(DatabaseError) -> SQLiteConnection {
        try DatabaseFiles.finishReplacing(path, by: draft)
        guard !DatabaseFiles.isLogWithoutFile(path) else { return try rebuild(because: "the file is empty") }
        let connection: SQLiteConnection
        do throws(DatabaseError) {
            connection = try openAsIs()
        } catch {
            guard error.meansDamage else { throw error }
            return try rebuild(because: Self.reason(error))
        }
        let problem: String?
        do throws(DatabaseError) {
            try OutboxSchema.probe(connection)
            problem = try connection.check(quick: false).first
        } catch {
            problem = error.meansDamage ? Self.reason(error) : nil
            if problem == nil { throw error }
        }
        guard let problem else { return connection }
        connection.abandon()
        return try rebuild(because: problem)
    }

    /// Sets the damaged file aside and puts a fresh one with the salvaged marks in its place. The damaged file must be
    /// closed. It stays where it is until the fresh one is complete, so a crash or a full disk in between loses nothing.
    func rebuild(because reason: String) throws(DatabaseError) -> SQLiteConnection {
        let rows = SalvagedMarks(path: path).rows
        let walkBys = SalvagedWalkBys(path: path).rows
        let aside = DatabaseFiles.nameAside(for: path)
        do throws(DatabaseError) {
            let fresh = try SQLiteConnection(path: draft, use: .alone, migrations: OutboxSchema.migrations, lock: lock)
            try fresh.transaction { (session) throws(DatabaseError) in
                let table = MarkTable(session: session, now: now())
                for row in rows { try table.restore(row) }
                let others = WalkByTable(session: session, now: now())
                for row in walkBys { try others.restore(row) }
                try session.execute(
                    "INSERT INTO damage (at_ms, path, reason, salvaged) VALUES (?, ?, ?, ?)",
                    [.integer(now().milliseconds), .text(aside), .text(reason), .integer(Int64(rows.count))])
            }
            try fresh.checkpoint()
            fresh.close()
        } catch {
            try? DatabaseFiles.remove(draft)
            throw error
        }
        try DatabaseFiles.replace(path, by: draft, aside: aside)
        return try openAsIs()
    }

    /// Damaged files that were set aside and are still there.
    static func damage(_ session: any SQLSession) throws(DatabaseError) -> [OutboxDamage] {
        var damage: [OutboxDamage] = []
        for row in try session.query("SELECT at_ms, path, reason, salvaged FROM damage ORDER BY number") {
            let path = try row.text("path")
            guard DatabaseFiles.exists(path) else { continue }
            damage.append(
                OutboxDamage(
                    at: Instant(milliseconds: try row.integer("at_ms")), path: path, reason: try row.text("reason"),
                    salvaged: Int(try row.integer("salvaged"))))
        }
        return damage
    }

    /// SQLite's words of an error.
    static func reason(_ error: DatabaseError) -> String {
        switch error {
        case .corrupt(let failure), .other(let failure): failure.message
        default: "\(error)"
        }
    }

    /// A disk that has no room for new tables keeps nobody from the marks of a file that lacks only those of walk-bys.
    private func openAsIs() throws(DatabaseError) -> SQLiteConnection {
        do throws(DatabaseError) {
            return try SQLiteConnection(path: path, use: .alone, migrations: OutboxSchema.migrations, lock: lock)
        } catch {
            guard case .diskFull = error else { throw error }
            let connection = try SQLiteConnection(path: path, use: .alone, lock: lock)
            guard try connection.schemaVersion() >= OutboxSchema.neededVersion else { throw error }
            return connection
        }
    }
}

/// The marks that can be read out of a damaged file, each once and in its newest version, in the order of their storage.
struct SalvagedMarks {
    let rows: [OutboxMark]

    init(path: String) {
        var found: [UUID: (sequence: Int64, row: OutboxMark)] = [:]
        DamagedDatabase.rows(of: path, columns: OutboxSchema.columns.count) { salvaged in
            guard let mark = try? OutboxMark(Row(columns: OutboxSchema.columns, values: salvaged.values)) else {
                return
            }
            found[mark.mark.id] = (salvaged.number, mark)
        }
        rows = found.values.sorted { $0.sequence < $1.sequence }.map(\.row)
    }
}

/// The unsure walk-bys that can be read out of a damaged file, likewise.
struct SalvagedWalkBys {
    let rows: [OutboxWalkBy]

    init(path: String) {
        var found: [UUID: (sequence: Int64, row: OutboxWalkBy)] = [:]
        let columns = OutboxSchema.walkByColumns
        DamagedDatabase.rows(of: path, columns: columns.count) { salvaged in
            guard let row = try? OutboxWalkBy(Row(columns: columns, values: salvaged.values)) else { return }
            found[row.walkBy.id] = (salvaged.number, row)
        }
        rows = found.values.sorted { $0.sequence < $1.sequence }.map(\.row)
    }
}
