import Attendance
import Database
import Foundation
import SyncProtocol
import Terminal

/// A terminal's storage at work, without the terminal.
struct CrashChild: Sendable {
    private let outbox: Outbox
    private let server: SQLiteConnection
    private let seed: UInt64
    private let start: Int64
    private let boot = UUID()
    /// Few, so that sightings meet marks that exist.
    private let people = (1...12).map { number in
        UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, UInt8(number)))
    }

    init(outbox: String, server: String, seed: UInt64, start: Int64) throws {
        self.server = try SQLiteConnection(
            path: server, use: .shared(),
            migrations: [
                Migration(
                    "received",
                    ["CREATE TABLE received (id TEXT PRIMARY KEY, person TEXT NOT NULL, session TEXT NOT NULL)"])
            ])
        self.outbox = try Outbox(path: outbox)
        self.seed = seed
        self.start = start
    }

    /// Sightings one fake millisecond apart; a session has 24 of them, so that every day has several marks.
    func recordForEver() throws {
        var numbers = Numbers(state: seed)
        for milliseconds in start... {
            let at = Instant(milliseconds: 1_788_163_200_000 + milliseconds)
            let mark = Mark(
                id: UUIDv7.make(at: at, using: &numbers), person: people.randomElement(using: &numbers) ?? boot,
                session: SessionID(date: LocalDate(daysSince1970: 20_696 + Int(milliseconds / 24))), at: at,
                status: .present, bootID: boot, bootTime: milliseconds * 1_000_000, clock: .synchronised, shots: 3,
                score: 0.5)
            guard try outbox.record(mark) == .recorded else { continue }
            let line = Array("\(mark.id.uuidString)\n".utf8)
            guard write(STDOUT_FILENO, line, line.count) == line.count else { return }
        }
    }

    /// Stores each batch on the server, then takes it in as acknowledged; now and then an answer gets lost in part.
    func syncForEver() throws {
        var numbers = Numbers(state: ~seed)
        while true {
            let batch = try outbox.nextBatch(
                limit: Int.random(in: 1...20, using: &numbers), currentBoot: boot, bootTime: 0)
            guard !batch.isEmpty else {
                usleep(200)
                continue
            }
            try server.transaction { (session) throws(DatabaseError) in
                for mark in batch {
                    try session.execute(
                        "INSERT INTO received (id, person, session) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                        [.text(mark.id.uuidString), .text(mark.person.uuidString), .text("\(mark.session)")])
                }
            }
            let answered = batch.filter { _ in Int.random(in: 0..<8, using: &numbers) > 0 }
            try outbox.acknowledge(answered.map { .accepted($0.id) } + [.accepted(UUID())])
        }
    }
}

/// Random numbers that follow from a seed.
struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}
