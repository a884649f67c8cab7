import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// The marks of one transaction. They are looked for and stored all at once, and answered one after the other, as if each
/// had come alone.
struct MarkReception {
    /// Of the people whom the marks are about, those that there are.
    private let people: Set<UUID>
    /// The marks that were there, and those that were answered.
    private var stored: [UUID: Mark]
    /// Whose records change.
    private(set) var changed: Set<RecordStore.Key> = []

    /// Stores those of the marks that are new and good.
    init(_ arrivals: [Arrival], now: Instant, _ session: any SQLSession) throws(ServerError) {
        let marks = arrivals.compactMap(\.mark)
        people = try Self.people(Set(marks.map(\.person)), session)
        // Of one id the first good one counts; the others find it stored.
        var good: [(mark: Mark, source: MarkSource)] = []
        var seen: Set<UUID> = []
        for arrival in arrivals {
            guard let mark = arrival.mark, arrival.refusal == nil, people.contains(mark.person) else { continue }
            if seen.insert(mark.id).inserted { good.append((mark, arrival.source)) }
        }
        let new = try MarkStore.insert(good, now: now, session)
        stored = try Self.stored(Set(marks.map(\.id)).subtracting(new), session)
    }

    /// What the sender is told of the mark.
    mutating func answer(_ arrival: Arrival, _ session: any SQLSession) throws(ServerError) -> MarkResult {
        guard let mark = arrival.mark else { return .rejected(arrival.id, reason: arrival.refusal ?? "it is no mark") }
        if let known = stored[mark.id] {
            try resolve(known, with: mark, session)
            return .duplicate(mark.id)
        }
        if let reason = arrival.refusal { return .rejected(mark.id, reason: reason) }
        guard people.contains(mark.person) else {
            return .rejected(
                mark.id, reason: "no person with the id \(mark.person.lowercased) was ever enrolled here")
        }
        keep(mark)
        return .accepted(mark.id)
    }

    /// A mark may come again with its true time, where the first answer was lost and the clock became known meanwhile.
    /// Nothing else of a stored mark ever changes.
    private mutating func resolve(
        _ known: Mark, with mark: Mark, _ session: any SQLSession
    ) throws(ServerError) {
        guard !known.clock.isKnown, mark.clock.isKnown, known.person == mark.person, known.bootID == mark.bootID,
            known.bootTime == mark.bootTime
        else { return }
        try session.run(
            "UPDATE marks SET key = ?, session = ?, at_ms = ?, status = ?, clock = ? WHERE id = ?",
            [
                .text(mark.key), .text(mark.session.description), .instant(mark.at), .text(mark.status.rawValue),
                .text(mark.clock.rawValue), .id(mark.id),
            ])
        keep(mark)
    }

    private mutating func keep(_ mark: Mark) {
        stored[mark.id] = mark
        if let key = mark.recordKey { changed.insert(key) }
    }

    /// Those of the people that there are. A person who was removed meanwhile was there all the same.
    private static func people(_ ids: Set<UUID>, _ session: any SQLSession) throws(ServerError) -> Set<UUID> {
        var found: Set<UUID> = []
        for piece in Array(ids).pieces {
            let rows = try session.all(
                "SELECT id FROM people WHERE id IN (\(piece.places()))", piece.map { .id($0) })
            for row in rows { found.insert(try ServerError.wrap { () throws(DatabaseError) in try row.uuid("id") }) }
        }
        return found
    }

    private static func stored(_ ids: Set<UUID>, _ session: any SQLSession) throws(ServerError) -> [UUID: Mark] {
        var found: [UUID: Mark] = [:]
        for piece in Array(ids).pieces {
            let rows = try session.all(
                "SELECT * FROM marks WHERE id IN (\(piece.places()))", piece.map { .id($0) })
            for row in rows {
                let mark = try ServerError.wrap { () throws(DatabaseError) in try row.mark() }
                found[mark.id] = mark
            }
        }
        return found
    }
}

extension Mark {
    /// Whose record the mark may decide; nil while nobody knows its session.
    var recordKey: RecordStore.Key? {
        clock.isKnown ? RecordStore.Key(person: person, session: session) : nil
    }
}
