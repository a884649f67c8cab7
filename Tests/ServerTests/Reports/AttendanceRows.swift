import Attendance
import Database
import Foundation

@testable import Server

extension School {
    /// Writes a record of attendance, as the server's own code does that derives them.
    func record(
        _ person: UUID, _ day: LocalDate = School.day, _ status: String = "present", className: String = "7b",
        at: Instant? = School.morning
    ) throws {
        try look(
            """
            INSERT INTO attendance (person, session, class, status, cause, at_ms) VALUES (?, ?, ?, ?, 'mark', ?)
                ON CONFLICT (person, session) DO UPDATE SET status = excluded.status, at_ms = excluded.at_ms
            """,
            [
                .id(person), .text(day.description), .text(className), .text(status),
                .integer(orNull: at?.milliseconds),
            ])
    }

    /// Closes the session of a class.
    func closeSession(_ day: LocalDate = School.day, className: String = "7b") throws {
        try look(
            "INSERT INTO closings (class, session, closed_ms, waits_for) VALUES (?, ?, 1, '')",
            [.text(className), .text(day.description)])
    }

    func student(_ name: String, _ email: String?, className: String = "7b") throws -> UUID {
        try database.accounts.create(
            AccountDetails(name: name, role: .student, email: email, age: nil, className: className), password: nil,
            by: .server, now: School.morning
        ).id
    }

    /// A teacher of classes, which are made where there are none.
    func teacher(_ name: String, _ email: String?, of classNames: [String] = ["7b"]) throws -> UUID {
        let id = try database.accounts.create(
            AccountDetails(name: name, role: .teacher, email: email, age: nil, className: nil), password: nil,
            by: .server, now: School.morning
        ).id
        for name in classNames {
            let known = try database.classes.find(name: name)
            let made = try known ?? database.classes.create(.init(name: name), by: .server, now: School.morning)
            _ = try database.classes.setTeachers(
                Set(made.teachers + [id]), of: made.id, by: .server, now: School.morning)
        }
        return id
    }

    /// Every letter in the queue.
    func letters() throws -> [QueuedLetter] { try database.letters.list(page: PageRequest(limit: 500)) }
}
