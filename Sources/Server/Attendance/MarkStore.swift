import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// What terminals have sent, and the attendance that follows from it.
///
/// Any order, repetition and splitting of the same marks ends with the same records: a mark is stored once by its id, and
/// the record of a key is decided by all marks of that key.
public struct MarkStore: Sendable {
    let database: any SQLDatabase

    /// A terminal's clock that is known cannot be this far ahead of the server's, in milliseconds: a day.
    static let furthestAhead: Int64 = 86_400_000

    /// Stores a batch in one transaction that is durable when this returns, and answers every mark by its id.
    func receive(
        _ marks: [ReceivedMark], from terminal: UUID, now: Instant
    ) throws(ServerError) -> [MarkResult] {
        try database.transaction { session throws(ServerError) in
            var results: [MarkResult] = []
            var changedKeys: Set<String> = []
            for received in marks {
                switch received {
                case .invalid(let id, let reason): results.append(.rejected(id, reason: reason))
                case .mark(let mark):
                    let delivery = Delivery(mark: mark, terminal: terminal, now: now)
                    let (result, keys) = try store(delivery, session)
                    results.append(result)
                    changedKeys.formUnion(keys)
                }
            }
            // A mark that has moved to another key must have left the one before it decides the other.
            for key in changedKeys { try session.run("DELETE FROM attendance WHERE key = ?", [.text(key)]) }
            for key in changedKeys { try decide(key, session) }
            return results
        }
    }

    /// One mark with what the receipt adds to it.
    private struct Delivery {
        let mark: Mark
        let terminal: UUID
        let now: Instant
    }

    /// Stores one mark; also answers which keys have other marks than before.
    private func store(
        _ delivery: Delivery, _ session: any SQLSession
    ) throws(ServerError) -> (MarkResult, keys: [String]) {
        let mark = delivery.mark
        if let row = try session.first("SELECT * FROM marks WHERE id = ?", [.id(mark.id)]) {
            let stored = try ServerError.wrap { () throws(DatabaseError) in try row.mark() }
            return (.duplicate(mark.id), keys: try resolve(stored, with: mark, session))
        }
        if let reason = try refusal(of: delivery, session) { return (.rejected(mark.id, reason: reason), keys: []) }
        try session.run(
            """
            INSERT INTO marks (id, key, terminal, person, session, at_ms, status, clock, boot_id, boot_time_ns, shots,
                score, received_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(mark.id), .text(mark.key), .id(delivery.terminal), .id(mark.person),
                .text(mark.session.description), .instant(mark.at), .text(mark.status.rawValue),
                .text(mark.clock.rawValue), .id(mark.bootID), .integer(mark.bootTime), .integer(Int64(mark.shots)),
                .real(mark.score), .instant(delivery.now),
            ])
        return (.accepted(mark.id), keys: [mark.key])
    }

    /// A mark may come again with its true time, where the first answer was lost and the clock became known meanwhile.
    /// Nothing else of a stored mark ever changes.
    private func resolve(
        _ stored: Mark, with mark: Mark, _ session: any SQLSession
    ) throws(ServerError) -> [String] {
        guard !stored.clock.isKnown, mark.clock.isKnown, stored.person == mark.person,
            stored.bootID == mark.bootID, stored.bootTime == mark.bootTime
        else { return [] }
        try session.run(
            "UPDATE marks SET key = ?, session = ?, at_ms = ?, status = ?, clock = ? WHERE id = ?",
            [
                .text(mark.key), .text(mark.session.description), .instant(mark.at), .text(mark.status.rawValue),
                .text(mark.clock.rawValue), .id(mark.id),
            ])
        return [stored.key, mark.key]
    }

    /// Why a mark can never be accepted; nil for a good one. A person who was removed meanwhile was there all the same.
    private func refusal(of delivery: Delivery, _ session: any SQLSession) throws(ServerError) -> String? {
        let mark = delivery.mark
        if mark.clock.isKnown {
            // A server whose own clock was never set says nothing about the future.
            if Instant.plausible ~= delivery.now, mark.at > delivery.now.advanced(byMilliseconds: Self.furthestAhead) {
                return "the time \(mark.at) is in the far future; check the clocks of the terminal and the server"
            }
            let day = Int(mark.at.seconds / 86_400)
            if abs(mark.session.date.daysSince1970 - day) > 1 {
                return "the session \(mark.session) is not the day of the time \(mark.at)"
            }
        }
        let person = try session.first("SELECT id FROM people WHERE id = ?", [.id(mark.person)])
        return person == nil ? "no person with the id \(mark.person.lowercased) was ever enrolled here" : nil
    }

    /// Writes the record of a key from all its marks.
    private func decide(_ key: String, _ session: any SQLSession) throws(ServerError) {
        let rows = try session.all("SELECT * FROM marks WHERE key = ?", [.text(key)])
        let marks = try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try row.mark() }
        }
        guard let first = marks.first else { return }
        let decisive = marks.dropFirst().reduce(first) { Mark.merge(existing: $0, incoming: $1) }
        try session.run(
            "INSERT INTO attendance (key, mark, person, session, at_ms, status) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(key), .id(decisive.id), .id(decisive.person), .text(decisive.session.description),
                .instant(decisive.at), decisive.clock.isKnown ? .text(decisive.status.rawValue) : .null,
            ])
    }
}

extension Row {
    /// The mark in a row of the table `marks`.
    fileprivate func mark() throws(DatabaseError) -> Mark {
        Mark(
            id: try uuid("id"), person: try uuid("person"), session: try session("session"), at: try instant("at_ms"),
            status: try choice("status"), bootID: try uuid("boot_id"), bootTime: try integer("boot_time_ns"),
            clock: try choice("clock"), shots: Int(try integer("shots")), score: try real("score"))
    }
}
