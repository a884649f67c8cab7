import Attendance
import Database
import Faces
import Foundation
import PostgreSQL
import SyncProtocol
import TestSupport

@testable import Server

/// A database of its own, with the things in it that tests need: a SQLite file in a folder, or in a suite that is
/// `.onEveryDatabase` also a PostgreSQL database.
struct School {
    let folder: TemporaryFolder
    private let postgres: TestPostgres?
    let location: DatabaseLocation
    let vault: TemplateVault
    let database: ServerDatabase

    static let key = [UInt8](repeating: 7, count: 32)
    /// A Tuesday in September, 08:30 in London.
    static let morning = Instant(milliseconds: 1_788_247_800_000)
    static let day = LocalDate(daysSince1970: Int(morning.seconds / 86_400))

    init(_ kind: DatabaseKind = .current) throws {
        folder = try TemporaryFolder()
        switch kind {
        case .sqlite:
            postgres = nil
            location = .file(folder.file("server.sqlite"))
        case .postgres:
            let made = try TestPostgres()
            postgres = made
            location = .server(made.address, connections: 3)
        }
        try folder.write("template-key", Self.key)
        vault = try TemplateVault(keyFile: folder.file("template-key"))
        database = try ServerDatabase(location, vault: vault)
        try database.policies.adopt(Self.policy(), now: Self.morning)
    }

    /// The SQLite file; nil on PostgreSQL.
    var file: String? { if case .file(let path) = location { path } else { nil } }

    /// Passwords that cost little to try.
    static let cost = PasswordHash.Cost(rounds: 16, blockSize: 1, lanes: 1)

    /// The routes over this database, with a signing key of their own.
    func routes() async throws -> Routes {
        // Beside a thousand other tests a turn may be long in coming.
        let thread = DatabaseThread(database, patience: .seconds(600))
        let keys = try SigningKeys(text: SigningKeys.rotated(nil), file: "signing-key")
        return Routes(
            database: thread,
            logins: try Logins(database: thread, tokens: await AccessTokens(keys), cost: Self.cost),
            faces: try faces(thread), pages: try PageLibrary(),
            // A busy machine may take longer for a test's requests than a minute's window.
            failures: FailedLogins(limits: .init(window: .seconds(3600))))
    }

    /// What looks at pictures, with the images in this folder and the door for photographs shut.
    func faces(
        _ thread: DatabaseThread, upload: UploadConfiguration = UploadConfiguration(),
        vision: VisionThread = VisionThread(models: ModelPack(folder: ModelFolder.path))
    ) throws -> FaceServices {
        let store = ImageStore.folder(
            try SealedFolder(path: folder.file("images"), vault: try vault.derived(for: "rcimages")))
        return FaceServices(
            vision: vision, database: thread, store: store, upload: upload)
    }

    func enrol(_ name: String, className: String = "7b", templates: Int = 1) throws -> Person {
        let templates = (0..<templates).map { _ in
            NewTemplate(bytes: Self.randomTemplate(), quality: "made by a test")
        }
        return try database.people.add(templates, name: name, className: className, hasConsent: true).person
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
        try database.marks.receive(marks.map { .valid($0) }, from: .terminal(terminal), now: now)
    }

    /// A second session on the same database, for looking at it, or for changing it behind the server's back.
    @discardableResult
    func look(_ sql: String, _ parameters: [SQLValue] = []) throws -> [Row] {
        let database: any SQLDatabase =
            switch location {
            case .file(let path): try SQLiteDatabase(path: path, use: .shared(), migrations: [])
            case .server(let address, _): try PostgresDatabase(address, migrations: [])
            }
        defer { database.close() }
        return try database.query(sql, parameters)
    }

    /// The same database as another process has it.
    func second() throws -> ServerDatabase { try ServerDatabase(location, vault: vault) }

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

    static func walkBy(
        of people: [UUID], at: Instant = morning, clock: ClockTrust = .synchronised, session: LocalDate = day,
        reason: UnsureWalkBy.Reason = .suspicious, boot: UUID = UUID(), bootTime: Int64 = 5_000_000_000
    ) -> UnsureWalkBy {
        var random = SystemRandomNumberGenerator()
        return UnsureWalkBy(
            id: UUIDv7.make(at: at, using: &random), people: people, session: SessionID(date: session), at: at,
            bootID: boot, bootTime: bootTime, clock: clock, reason: reason, detail: "a sheet with <edges>", shots: 5,
            score: 12.5)
    }

    static func policy() throws -> AttendancePolicy {
        try AttendancePolicy(timeZone: "Europe/London")
    }

    /// A school with school on every day of the week, all day present.
    static func openEveryDay() throws -> AttendancePolicy {
        try AttendancePolicy(
            timeZone: "Europe/London",
            times: try ClassTimes(presentUntil: try TimeOfDay("23:59:58"), absentAfter: try TimeOfDay("23:59:59")),
            schoolDays: Set(Weekday.allCases))
    }

    /// A school that is shut these days.
    static func shut() throws -> AttendancePolicy {
        let today = Int(Clock.now.seconds / 86_400)
        return try AttendancePolicy(
            timeZone: "Europe/London", daysOff: Set((today - 1...today + 1).map { LocalDate(daysSince1970: $0) }))
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

extension PasswordStore {
    /// A token for whoever reads the mail of this address; nil where nobody has it.
    func beginReset(email: String, now: Instant) throws(ServerError) -> (person: UUID, token: SecretToken)? {
        guard let person = try owner(of: email) else { return nil }
        let token = SecretToken.make(.passwordReset)
        try begin(token, of: person, at: email, for: Self.resetLifetime, now: now)
        return (person, token)
    }
}
