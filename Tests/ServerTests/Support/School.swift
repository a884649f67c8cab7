import Attendance
import Database
import Foundation
import SyncProtocol
import TestSupport

@testable import Server

/// A database in a folder of its own, with the things in it that tests need.
struct School {
    let folder: TemporaryFolder
    let vault: TemplateVault
    let database: ServerDatabase

    static let key = [UInt8](repeating: 7, count: 32)
    /// A Tuesday in September, 08:30 in London.
    static let morning = Instant(milliseconds: 1_788_247_800_000)
    static let day = LocalDate(daysSince1970: Int(morning.seconds / 86_400))

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("template-key", Self.key)
        vault = try TemplateVault(keyFile: folder.file("template-key"))
        database = try ServerDatabase(path: folder.file("server.sqlite"), vault: vault)
        try database.policies.adopt(Self.policy(), now: Self.morning)
    }

    /// Passwords that cost little to try.
    static let cost = PasswordHash.Cost(rounds: 16, blockSize: 1, lanes: 1)

    /// The routes over this database, with a signing key of their own.
    func routes() async throws -> Routes {
        let thread = DatabaseThread(database)
        let keys = try SigningKeys(text: SigningKeys.rotated(nil), file: "signing-key")
        return Routes(
            database: thread, logins: try Logins(database: thread, tokens: await AccessTokens(keys), cost: Self.cost))
    }

    func enrol(_ name: String, className: String = "7b", templates: Int = 1) throws -> Person {
        let templates = (0..<templates).map { _ in
            NewTemplate(bytes: Self.randomTemplate(), quality: "made by a test")
        }
        return try database.people.add(templates, name: name, className: className).person
    }

    /// One page of the roster as a terminal pulls it.
    func delta(for terminal: UUID, since cursor: String?) throws -> RosterDelta {
        let position = try database.roster.position(of: terminal, cursor: cursor)
        return try database.roster.delta(from: position, policy: Self.policy(), now: Self.morning)
    }

    /// Follows the pages until there are no more, as a terminal does.
    func pull(for terminal: UUID, since start: String? = nil) throws -> (pages: [RosterDelta], cursor: String) {
        var pages = [try delta(for: terminal, since: start)]
        while let last = pages.last, last.more { pages.append(try delta(for: terminal, since: last.cursor)) }
        return (pages, pages[pages.count - 1].cursor)
    }

    /// Stores a heartbeat as if the terminal had sent it.
    func beat(
        _ terminal: UUID, cursor: String?, at now: Instant = School.morning,
        _ change: (inout Heartbeat) -> Void = { _ in }
    ) throws {
        var heartbeat = Heartbeat(
            version: serverVersion, bootID: UUID(), uptimeSeconds: 5, camera: "running", rosterCursor: cursor,
            rosterPeople: 0, outboxDepth: 0, outboxOldestSeconds: nil, clock: .synchronised, memoryBytes: 1 << 20,
            time: now)
        change(&heartbeat)
        try database.terminals.recordHeartbeat(
            of: terminal, heartbeat, health: String(decoding: heartbeat.json(), as: UTF8.self), at: now)
    }

    func receive(_ marks: [Mark], from terminal: UUID, now: Instant = School.morning) throws -> [MarkResult] {
        try database.marks.receive(marks.map { .mark($0) }, from: .terminal(terminal), now: now)
    }

    /// A second session on the same file, for looking at it.
    func look(_ sql: String) throws -> [Row] {
        let connection = try SQLiteConnection(path: folder.file("server.sqlite"), use: .shared())
        defer { connection.close() }
        return try connection.query(sql)
    }

    /// 128 finite floats between -1 and 1.
    static func randomTemplate() -> [UInt8] {
        (0..<128).flatMap { _ in
            let bits = Float.random(in: -1...1).bitPattern
            return [UInt8](withUnsafeBytes(of: bits.littleEndian) { Array($0) })
        }
    }

    static func mark(
        of person: UUID, at: Instant = morning, clock: ClockTrust = .synchronised, session: LocalDate = day,
        status: AttendanceStatus = .present, boot: UUID = UUID(), bootTime: Int64 = 5_000_000_000
    ) -> Mark {
        var random = SystemRandomNumberGenerator()
        return Mark(
            id: UUIDv7.make(at: at, using: &random), person: person, session: SessionID(date: session), at: at,
            status: status, bootID: boot, bootTime: bootTime, clock: clock, shots: 5, score: 0.8)
    }

    static func policy() throws -> AttendancePolicy {
        try AttendancePolicy(timeZone: "Europe/London")
    }
}

extension School {
    /// An admin of this school.
    func admin() throws -> UUID {
        try database.accounts.create(
            AccountDetails(name: "Office", role: .admin), password: nil, by: .server, now: Clock.now
        ).id
    }

    /// A person's records by day, as "late by mark".
    func statuses(of person: UUID) throws -> [String] {
        let filter = RecordStore.Filter(scope: .person(person))
        return try database.records.list(filter, page: PageRequest(limit: 500)).reversed().map {
            "\($0.record.status) by \($0.record.cause)"
        }
    }

    /// Makes every record anew that waits for it.
    func recompute() throws { while try database.records.step() {} }
}

extension School {
    /// Changes the file behind the server's back.
    func write(_ sql: String, _ parameters: [SQLValue] = []) throws {
        let connection = try SQLiteConnection(path: folder.file("server.sqlite"), use: .shared())
        defer { connection.close() }
        try connection.execute(sql, parameters)
    }
}
