import Attendance
import Database
import FoundationEssentials

/// Which terminals have deleted a person whose templates are gone from the server.
public struct Deletion: Sendable, Equatable {
    /// What is known of one terminal.
    public enum State: String, Sendable, Encodable {
        /// Its roster has the change.
        case confirmed
        /// It was given people before, and has not said that it has the change.
        case waiting
        /// It was revoked before it said so: nobody can reach it any more.
        case unreachable
        /// It was never given anybody.
        case empty
    }

    /// One terminal.
    public struct Entry: Sendable, Equatable {
        /// The terminal.
        public let terminal: UUID
        /// Its name.
        public let name: String
        /// What is known of it.
        public let state: State
        /// When it was last heard of; nil for never.
        public let lastSeen: Instant?
        /// What is left to do, in one line; nil where nothing is.
        public let nextStep: String?
    }

    /// The person.
    public let person: UUID
    /// When the whole person was removed; nil where only the templates were.
    public let removed: Instant?
    /// Every terminal, by name.
    public let terminals: [Entry]

    /// No terminal can have the person any more.
    public var isComplete: Bool { terminals.allSatisfy { $0.state == .confirmed || $0.state == .empty } }
}

extension TerminalStore {
    /// Which terminals have deleted the person. A terminal has, once its heartbeat told of a whole roster at or past the
    /// person's last change.
    /// - Returns: nil where there never was such a person.
    /// - Throws: `.taken` while the server itself has templates of the person.
    func deletion(of person: UUID) throws(ServerError) -> Deletion? {
        let row = try database.first(
            """
            SELECT removed_ms, revision, (SELECT COUNT(*) FROM templates WHERE person = people.id) AS templates
            FROM people WHERE id = ?
            """, [.id(person)])
        guard let row else { return nil }
        let (removed, revision, templates) = try ServerError.wrap { () throws(DatabaseError) in
            (try row.optionalInstant("removed_ms"), try row.integer("revision"), try row.integer("templates"))
        }
        guard templates == 0 else {
            throw .taken(
                "the person has \(templates) templates here: remove the person, or withdraw the consent, first")
        }
        let entries = try list().map { $0.deletion(upTo: revision) }
        return Deletion(person: person, removed: removed, terminals: entries)
    }
}

extension ServerDatabase {
    /// As `TerminalStore.deletion`, for a command.
    /// - Parameter reference: the person's id.
    public func deletion(ofPerson reference: String) throws(ServerError) -> Deletion {
        guard let id = UUID(uuidString: reference), let deletion = try terminals.deletion(of: id) else {
            throw .refused(
                "\(reference) is not the id of anybody who is or was here; see `rollcall-server people list`")
        }
        return deletion
    }
}

extension TerminalAccount {
    fileprivate func deletion(upTo revision: Int64) -> Deletion.Entry {
        let state: Deletion.State
        let nextStep: String?
        if rosterGiven == nil {
            (state, nextStep) = (.empty, nil)
        } else if let rosterRevision, rosterRevision >= revision {
            (state, nextStep) = (.confirmed, nil)
        } else if revoked != nil {
            (state, nextStep) = (
                .unreachable, "its token was revoked: erase its state folder there (sudo apt purge rollcalld)"
            )
        } else {
            (state, nextStep) = (
                .waiting, "it deletes the person when it next reaches the server: connect it, or erase its state folder"
            )
        }
        return Deletion.Entry(terminal: id, name: name, state: state, lastSeen: lastSeen, nextStep: nextStep)
    }
}
