import Attendance
import Database
import FoundationEssentials

/// The classes, their times and who teaches them. A class comes to be with its first student, or when an admin makes it.
struct ClassStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail

    private static let columns = "id, name, present_until, absent_after"

    /// What an admin says of a class.
    struct Details: Sendable, Equatable {
        var name: String
        /// Both or none.
        var presentUntil: TimeOfDay?
        var absentAfter: TimeOfDay?

        fileprivate func checked() throws(ServerError) -> Details {
            var checked = self
            checked.name = try Name.className.checked(name)
            switch (presentUntil, absentAfter) {
            case (nil, nil): break
            case (let present?, let absent?) where present < absent: break
            case (_?, _?): throw .refused("present_until must be before absent_after")
            default: throw .refused("a class has both present_until and absent_after of its own, or neither")
            }
            return checked
        }
    }

    /// Makes the class where there is none of that name.
    /// - Parameter name: checked by `Name`.
    static func ensure(_ name: String, now: Instant, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            "INSERT INTO classes (id, name, created_ms) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
            [.id(UUID()), .text(name), .instant(now)])
    }

    /// Makes the classes of people who were enrolled before there were classes.
    static func prepare(_ database: any SQLDatabase, now: Instant) throws(ServerError) {
        let rows = try database.all(
            "SELECT DISTINCT class FROM people WHERE class <> '' AND class NOT IN (SELECT name FROM classes)")
        for row in rows {
            try ensure(try ServerError.wrap { () throws(DatabaseError) in try row.text("class") }, now: now, database)
        }
    }

    /// One page of the classes, by name.
    func list(page: PageRequest) throws(ServerError) -> [SchoolClass] {
        let rows = try database.all(
            "SELECT \(Self.columns) FROM classes WHERE name > ? ORDER BY name LIMIT ?",
            [.text(page.after?[0] ?? ""), page.rows])
        return try classes(in: rows, database)
    }

    /// Every class.
    func all() throws(ServerError) -> [SchoolClass] {
        try classes(in: try database.all("SELECT \(Self.columns) FROM classes ORDER BY name"), database)
    }

    /// The class; nil where there is none.
    func find(_ id: UUID) throws(ServerError) -> SchoolClass? { try find(id, database) }

    /// The class of that name.
    func find(name: String) throws(ServerError) -> SchoolClass? {
        let rows = try database.all("SELECT \(Self.columns) FROM classes WHERE name = ?", [.text(name)])
        return try classes(in: rows, database).first
    }

    /// Makes a class.
    func create(_ details: Details, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> SchoolClass {
        let details = try details.checked()
        return try database.transaction { session throws(ServerError) in
            try requireFree(details.name, but: nil, session)
            let id = UUID()
            try session.run(
                "INSERT INTO classes (id, name, present_until, absent_after, created_ms) VALUES (?, ?, ?, ?, ?)",
                [
                    .id(id), .text(details.name), .text(orNull: details.presentUntil?.description),
                    .text(orNull: details.absentAfter?.description), .instant(now),
                ])
            try PolicyStore.changed(now: now, session)
            try audit.record(
                "class.create", of: id.lowercased, by: actor, ["name": details.name], at: now, session)
            return try require(id, session)
        }
    }

    /// Gives a class another name or other times. Its students go with it, and terminals learn of it.
    /// - Returns: nil where there is no such class.
    func change(
        _ id: UUID, to details: Details, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> SchoolClass? {
        let details = try details.checked()
        return try database.transaction { session throws(ServerError) in
            guard let before = try find(id, session) else { return nil }
            try requireFree(details.name, but: id, session)
            try session.run(
                "UPDATE classes SET name = ?, present_until = ?, absent_after = ? WHERE id = ?",
                [
                    .text(details.name), .text(orNull: details.presentUntil?.description),
                    .text(orNull: details.absentAfter?.description), .id(id),
                ])
            if details.name != before.name { try move(before.name, to: details.name, session) }
            try PolicyStore.changed(now: now, session)
            try audit.record(
                "class.change", of: id.lowercased, by: actor, ["from": before.name, "to": details.name], at: now,
                session)
            return try require(id, session)
        }
    }

    /// Removes a class that has no students.
    /// - Returns: false where there is no such class.
    func remove(_ id: UUID, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            guard let found = try find(id, session) else { return false }
            let student = try session.first(
                "SELECT id FROM people WHERE class = ? AND removed_ms IS NULL LIMIT 1", [.text(found.name)])
            guard student == nil else { throw .taken("the class \(found.name) has students; move them first") }
            try TerminalStore.requireNoTerminalServesOnly(id, session)
            try session.run("DELETE FROM teaching WHERE class = ?", [.id(id)])
            try session.run("DELETE FROM terminal_classes WHERE class = ?", [.id(id)])
            try session.run("DELETE FROM classes WHERE id = ?", [.id(id)])
            try PolicyStore.changed(now: now, session)
            try audit.record("class.remove", of: id.lowercased, by: actor, ["name": found.name], at: now, session)
            return true
        }
    }

    /// Says who teaches a class, instead of those who did.
    /// - Returns: nil where there is no such class.
    func setTeachers(
        _ teachers: Set<UUID>, of id: UUID, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> SchoolClass? {
        try database.transaction { session throws(ServerError) in
            guard try find(id, session) != nil else { return nil }
            try session.run("DELETE FROM teaching WHERE class = ?", [.id(id)])
            for teacher in teachers.sorted(by: { $0.lowercased < $1.lowercased }) {
                guard try AccountStore.find(teacher, session)?.role == .teacher else {
                    throw .refused("\(teacher.lowercased) is not a teacher; give the ids of teachers")
                }
                try session.run("INSERT INTO teaching (class, teacher) VALUES (?, ?)", [.id(id), .id(teacher)])
            }
            let names = teachers.map(\.lowercased).sorted().joined(separator: " ")
            try audit.record("class.teachers", of: id.lowercased, by: actor, ["teachers": names], at: now, session)
            return try require(id, session)
        }
    }

    /// Every student of the class is a change of the roster.
    private func move(_ before: String, to name: String, _ session: any SQLSession) throws(ServerError) {
        try RecordStore.renameClass(before, to: name, session)
        let students = try session.all("SELECT id FROM people WHERE class = ? ORDER BY id", [.text(before)])
        for student in students {
            let id = try ServerError.wrap { () throws(DatabaseError) in try student.uuid("id") }
            try session.run(
                "UPDATE people SET class = ?, revision = ? WHERE id = ?",
                [.text(name), .integer(try RosterStore.nextRevision(session)), .id(id)])
        }
    }

    private func requireFree(_ name: String, but id: UUID?, _ session: any SQLSession) throws(ServerError) {
        let owner = try session.first(
            "SELECT id FROM classes WHERE name = ? AND id <> ?", [.text(name), .text(id?.lowercased ?? "")])
        guard owner == nil else { throw .taken("there is a class \(name) already") }
    }

    private func find(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> SchoolClass? {
        let rows = try session.all("SELECT \(Self.columns) FROM classes WHERE id = ?", [.id(id)])
        return try classes(in: rows, session).first
    }

    private func require(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> SchoolClass {
        guard let found = try find(id, session) else {
            throw .damaged(what: "class \(id.lowercased)", reason: "the row just written is missing")
        }
        return found
    }

    private func classes(in rows: [Row], _ session: any SQLSession) throws(ServerError) -> [SchoolClass] {
        let ids = try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try row.uuid("id") }
        }
        var teachers: [UUID: [UUID]] = [:]
        for piece in ids.pieces {
            let rows = try session.all(
                "SELECT class, teacher FROM teaching WHERE class IN (\(piece.places())) ORDER BY class, teacher",
                piece.map { .id($0) })
            try ServerError.wrap { () throws(DatabaseError) in
                for row in rows { teachers[try row.uuid("class"), default: []].append(try row.uuid("teacher")) }
            }
        }
        return try ServerError.wrap { () throws(DatabaseError) in
            try zip(ids, rows).map { id, row throws(DatabaseError) in
                SchoolClass(
                    id: id, name: try row.text("name"), presentUntil: try row.timeOfDay("present_until"),
                    absentAfter: try row.timeOfDay("absent_after"), teachers: teachers[id] ?? [])
            }
        }
    }
}

extension Row {
    /// A time of day, nil for NULL.
    func timeOfDay(_ column: String) throws(DatabaseError) -> TimeOfDay? {
        guard let text = try optionalText(column) else { return nil }
        guard let time = try? TimeOfDay(text) else {
            throw .unexpectedValue(column: column, wanted: "a time of day", found: "other text")
        }
        return time
    }
}
