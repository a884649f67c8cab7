import Attendance
import Database
import Faces
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
    }

    /// Passwords that cost little to try.
    static let cost = PasswordHash.Cost(rounds: 16, blockSize: 1, lanes: 1)

    /// The routes over this database, with a signing key of their own.
    func routes() async throws -> Routes {
        let thread = DatabaseThread(database)
        let keys = try SigningKeys(text: SigningKeys.rotated(nil), file: "signing-key")
        return Routes(
            database: thread, policy: CurrentPolicy(try Self.policy()),
            logins: try Logins(database: thread, tokens: await AccessTokens(keys), cost: Self.cost),
            faces: try faces(thread))
    }

    /// What looks at pictures, with the images in this folder and the door for photographs shut.
    func faces(
        _ thread: DatabaseThread, upload: UploadConfiguration = UploadConfiguration(),
        vision: VisionThread = VisionThread(models: ModelPaths(folder: ModelFolder.path))
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

    func receive(_ marks: [Mark], from terminal: UUID, now: Instant = School.morning) throws -> [MarkResult] {
        try database.marks.receive(marks.map { .mark($0) }, from: terminal, now: now)
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
