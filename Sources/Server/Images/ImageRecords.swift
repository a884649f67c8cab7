import Attendance
import Database
import FoundationEssentials

/// Which images there are, and whose. A row is written before its image is stored and goes after the image is deleted, so
/// no image is ever in the store that no row knows of.
struct ImageRecords: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail

    /// An image in a store.
    struct Record: Sendable, Equatable {
        let id: UUID
        let person: UUID
        let store: String
        let place: String
        /// Bytes of the JPEG.
        let bytes: Int
    }

    /// How long an image may take from its row to its use, in milliseconds; one that is not used by then never will be.
    static let longestWay: Int64 = 300_000

    /// Notes an image that is about to be stored.
    func begin(_ record: Record, now: Instant) throws(ServerError) {
        try database.run(
            "INSERT INTO images (id, person, store, place, bytes, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .id(record.id), .id(record.person), .text(record.store), .text(record.place),
                .integer(Int64(record.bytes)), .instant(now),
            ])
    }

    /// Makes an image that is stored the person's own.
    /// - Returns: false where there is no such person any more.
    func use(_ record: Record, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            try session.run("UPDATE images SET used_ms = ? WHERE id = ?", [.instant(now), .id(record.id)])
            let changed = try session.run(
                "UPDATE people SET image = ? WHERE id = ? AND removed_ms IS NULL", [.id(record.id), .id(record.person)])
            guard changed == 1 else { return false }
            try audit.record("image.set", of: record.person.lowercased, by: actor, at: now, session)
            return true
        }
    }

    /// Takes a person's image away.
    /// - Returns: whether there was one.
    func disuse(of person: UUID, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            let changed = try session.run(
                "UPDATE people SET image = NULL WHERE id = ? AND image IS NOT NULL", [.id(person)])
            guard changed == 1 else { return false }
            try audit.record("image.remove", of: person.lowercased, by: actor, at: now, session)
            return true
        }
    }

    /// The image of a person; nil where there is none.
    func find(of person: UUID) throws(ServerError) -> Record? {
        let row = try database.first(
            "SELECT i.* FROM people p JOIN images i ON i.id = p.image WHERE p.id = ?", [.id(person)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try Self.record(in: row) }
        }
    }

    /// The images in a store that people have.
    func used(in store: ImagesConfiguration.Kind) throws(ServerError) -> [Record] {
        let rows = try database.all(
            "SELECT i.* FROM people p JOIN images i ON i.id = p.image WHERE i.store = ? ORDER BY i.id",
            [.text(store.rawValue)])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(Self.record(in:)) }
    }

    /// Images that nobody has: those that were replaced or whose person was removed, and those that were never used.
    func orphans(now: Instant) throws(ServerError) -> [Record] {
        let rows = try database.all(
            """
            SELECT i.* FROM images i WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = i.person AND p.image = i.id)
            AND (i.used_ms IS NOT NULL OR i.created_ms < ?) ORDER BY i.id LIMIT 100
            """, [.instant(now.advanced(byMilliseconds: -Self.longestWay))])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(Self.record(in:)) }
    }

    /// Forgets an image that is deleted.
    func forget(_ id: UUID) throws(ServerError) {
        try database.run("DELETE FROM images WHERE id = ?", [.id(id)])
    }

    private static func record(in row: Row) throws(DatabaseError) -> Record {
        Record(
            id: try row.uuid("id"), person: try row.uuid("person"), store: try row.text("store"),
            place: try row.text("place"), bytes: Int(try row.integer("bytes")))
    }
}
