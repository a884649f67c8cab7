import Attendance
import Foundation
import SyncProtocol
import Testing

/// Values with fixed ids, to be changed by single tests.
enum Sample {
    static func id(_ number: Int, version: Int = 7) -> UUID {
        let digits = String(number)
        let tail = String(repeating: "0", count: 12 - digits.count) + digits
        return UUID(uuidString: "00000000-0000-\(version)000-8000-\(tail)")!
    }

    static let serverTime = Instant(milliseconds: 1_788_253_201_500)

    static func mark(_ number: Int) throws -> Mark {
        Mark(
            id: id(number), person: id(100 + number), session: SessionID(date: try LocalDate("2026-09-01")),
            at: Instant(milliseconds: 1_788_253_200_000), status: .present, bootID: id(900), bootTime: 5_000_000_000,
            clock: .server, shots: 3, score: 0.5)
    }

    static func walkBy(_ number: Int) throws -> UnsureWalkBy {
        UnsureWalkBy(
            id: id(number), people: [id(100 + number), id(200 + number)],
            session: SessionID(date: try LocalDate("2026-09-01")), at: Instant(milliseconds: 1_788_253_200_000),
            bootID: id(900), bootTime: 5_000_000_000, clock: .server, reason: .lookAlikes, detail: "two look alike",
            shots: 3, score: 0.5)
    }

    static func template(_ value: Float = 0.125) -> [UInt8] {
        let bits = value.bitPattern
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
        return (0..<128).flatMap { _ in bytes }
    }

    static func entry(_ number: Int) -> RosterEntry {
        RosterEntry(id: id(number), name: "Ada Lovelace", className: "7B", templates: [template()])
    }

    static func delta() throws -> RosterDelta {
        RosterDelta(
            cursor: "v1.42", reset: false, people: [entry(1), entry(2)], removed: [id(3)],
            policy: try AttendancePolicy(timeZone: "Europe/London"), serverTime: serverTime, more: false)
    }

    static func heartbeat() -> Heartbeat {
        Heartbeat(
            version: "0.1.0", bootID: id(900), uptimeSeconds: 61, camera: "running", framesDelivered: 900,
            framesDropped: 2, rosterCursor: "v1.42", rosterPeople: 5, outboxDepth: 1, outboxOldestSeconds: 4,
            outboxRejected: 0, outboxAlarm: nil, clock: .synchronised, memoryBytes: 100_000_000)
    }
}

/// The message's JSON with one text replaced by another, which must be there.
func edited(_ message: some WireMessage & Encodable, _ old: String, _ new: String) throws -> [UInt8] {
    let text = String(decoding: try message.json(), as: UTF8.self)
    let changed = text.replacingOccurrences(of: old, with: new)
    try #require(changed != text, "\(old) is not in \(text.prefix(500))")
    return Array(changed.utf8)
}
