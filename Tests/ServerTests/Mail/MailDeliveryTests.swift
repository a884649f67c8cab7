import Attendance
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite(.onEveryDatabase, .timeLimit(.minutes(10))) struct MailDeliveryTests {
    let school: School
    let server: MailServer
    let delivery: TestDelivery

    init() async throws {
        school = try School()
        server = try await MailServer()
        delivery = try TestDelivery(school.database, try server.settings())
    }

    /// Letters about the school's day to everybody who is to get one.
    private func plan() throws -> Int {
        try school.database.allReports(ReportSettings()).plan(
            .init(period: .day(School.day), waitsForClosing: false), className: nil, now: School.morning)
    }

    private func student(_ kind: String, _ name: String = "Ada") throws -> UUID {
        let id = try school.student(name, "\(kind)@school.example")
        try school.record(id)
        return id
    }

    private func only() throws -> QueuedLetter { try #require(try school.letters().first) }

    @Test func studentsAndTeachersGetTheirReportOnce() async throws {
        let ada = try student("ada", "Ada <script>alert(1)</script> \"O'Hara\"")
        let bob = try student("bob", "Bob")
        try school.record(bob, School.day, "absent", at: nil)
        _ = try school.teacher("Eve", "eve@school.example")
        #expect(try plan() == 3)
        #expect(try await delivery.round() == 3)
        #expect(try plan() == 0)
        #expect(try await delivery.round(after: .seconds(86_400)) == 0)
        let letters = try await server.letters()
        #expect(letters.map(\.recipient).sorted() == ["ada", "bob", "eve"].map { "\($0)@school.example" })
        #expect(letters.allSatisfy { $0.sender == "rollcall@school.example" && $0.defects.isEmpty && $0.isASCII })

        let toAda = try #require(letters.first { $0.recipient.hasPrefix("ada") })
        #expect(toAda.headers["Subject"] == "Present on Tuesday, 1 September 2026")
        #expect(toAda.text.contains("Tuesday, 1 September  Present, seen at 08:30\n"))
        #expect(toAda.html.contains("Ada &lt;script&gt;alert(1)&lt;/script&gt; &quot;O&#39;Hara&quot;"))
        #expect(!toAda.html.contains("<script>") && toAda.text.contains("Ada <script>"))
        #expect(toAda.text.contains("not complete yet") && !toAda.text.contains("Bob"))
        let toBob = try #require(letters.first { $0.recipient.hasPrefix("bob") })
        #expect(toBob.text.contains("1 September  Absent\n") && !toBob.text.contains("Ada"))
        let toEve = try #require(letters.first { $0.recipient.hasPrefix("eve") })
        #expect(toEve.headers["Subject"] == "Attendance of 7b, Tuesday, 1 September 2026")
        #expect(toEve.text.contains("Class 7b: 1 present, 1 absent"))
        #expect(toEve.text.contains("Bob  Absent\n") && toEve.html.contains("<td>Bob</td><td>Absent</td>"))
        #expect(!toEve.html.contains("<script>"))
        #expect(try school.letters().allSatisfy { $0.state == .sent && $0.problem == nil }, "\(ada)")
    }

    @Test func theWeekIsSummedUp() async throws {
        let ada = try school.student("Ada", "ada@school.example")
        _ = try school.teacher("Eve", "eve@school.example")
        for (offset, status) in ["present", "late", "excused"].enumerated() {
            try school.record(ada, LocalDate(daysSince1970: School.day.daysSince1970 + offset), status)
        }
        try school.record(ada, LocalDate(daysSince1970: School.day.daysSince1970 + 7), "absent")
        let due = ReportPlanner.Due(period: .week(of: School.day), waitsForClosing: false)
        #expect(try school.database.allReports(ReportSettings()).plan(due, className: nil, now: School.morning) == 2)
        #expect(try await delivery.round() == 2)
        let letters = try await server.letters()
        let toAda = try #require(letters.first { $0.recipient.hasPrefix("ada") })
        #expect(toAda.text.contains("Together: 1 present, 1 late, 1 excused."))
        #expect(toAda.text.contains("Thursday, 3 September  Excused") && !toAda.text.contains("Absent"))
        let toEve = try #require(letters.first { $0.recipient.hasPrefix("eve") })
        #expect(
            toEve.text.contains("1 present, 1 late, 1 excused; Late on Wednesday, 2 September; Excused on Thursday"))
    }

    @Test func aLetterThatIsRefusedForNowComesOnce() async throws {
        _ = try student("busy")
        _ = try student("full")
        #expect(try plan() == 2)
        #expect(try await delivery.round() == 0)
        #expect(try school.letters().allSatisfy { $0.state == .waiting && $0.tries == 1 })
        #expect(try school.letters().contains { $0.problem?.contains("451 4.7.1 Greylisted") == true })
        #expect(try await delivery.round(after: .seconds(59)) == 0)
        #expect(try await delivery.round(after: .seconds(60)) == 2)
        #expect(server.count == 2)
        let ids = try await server.letters().map { $0.headers["Message-ID"] }
        #expect(Set(ids) == Set(try school.letters().map { "<\($0.id.lowercased)@school.example>" }))
    }

    @Test func aLetterThatIsRefusedForGoodIsGivenUp() async throws {
        _ = try student("unknown")
        _ = try student("spam")
        #expect(try plan() == 2)
        #expect(try await delivery.round() == 0)
        #expect(try await delivery.round(after: .seconds(90_000)) == 0)
        #expect(try school.letters().allSatisfy { $0.state == .failed })
        #expect(try school.database.letterProblems(limit: 5).count == 2)
        #expect(delivery.log.contains { $0.contains("given up") })
        #expect(!delivery.log.contains { $0.contains("unknown@") || $0.contains("pass word") })
    }

    @Test func aLetterWithoutAReplyIsReportedAndNotRepeated() async throws {
        _ = try student("drop")
        #expect(try plan() == 1)
        #expect(try await delivery.round() == 0)
        #expect(try only().state == .interrupted)
        for seconds in [60, 3600, 86_400, 200_000] {
            #expect(try await delivery.round(after: .seconds(seconds)) == 0)
        }
        #expect(server.count == 1, "it had arrived")
        #expect(delivery.log.filter { $0.contains("may not have arrived") }.count == 1)
    }

    @Test func whileTheServerIsGoneNothingIsLost() async throws {
        for index in 0..<5 { _ = try student("s\(index)") }
        #expect(try plan() == 5)
        var settings = try server.settings()
        let good = settings.port
        settings.port = 1
        let away = try TestDelivery(school.database, settings)
        #expect(try await away.round() == 0)
        #expect(try school.letters().allSatisfy { $0.state == .waiting && $0.tries == 0 })
        #expect(try school.letters().filter { $0.problem != nil }.count == 1, "the first failure stops the round")
        for seconds in [1, 29, 31, 95, 1000, 5000] { _ = try await away.round(after: .seconds(seconds)) }
        #expect(away.log.filter { $0.contains("Mail cannot be sent") }.count == 1, "one line per change of state")
        settings.port = good
        let back = try TestDelivery(school.database, settings)
        #expect(try await back.round(after: .seconds(6000)) == 5)
        #expect(server.count == 5)
    }

    @Test func afterThreeDaysAReportIsGivenUp() async throws {
        _ = try student("ada")
        #expect(try plan() == 1)
        var settings = try server.settings()
        settings.port = 1
        let away = try TestDelivery(school.database, settings)
        _ = try await away.round()
        _ = try await away.round(after: .seconds(3 * 86_400 - 1))
        #expect(try only().state == .waiting)
        #expect(try await delivery.round(after: .seconds(3 * 86_400)) == 0)
        #expect(try only().state == .failed)
        #expect(
            try only().problem?.contains("tried for too long; the last problem: the mail server is not reached") == true
        )
        #expect(server.count == 0)
    }

    @Test func whoIsGoneOrHasNoAttendanceGetsNothing() async throws {
        let ada = try student("ada")
        let bob = try student("bob")
        #expect(try plan() == 2)
        _ = try school.database.accounts.remove(ada, by: .server, now: School.morning)
        try school.look("DELETE FROM attendance WHERE person = ?", [.id(bob)])
        #expect(try await delivery.round() == 0)
        #expect(try school.letters().allSatisfy { $0.state == .failed } && server.count == 0)
    }

    /// Processes that share the queue, each with a client of its own.
    @Test func manyProcessesSendEachLetterOnce() async throws {
        for index in 0..<60 { _ = try student("s\(index)") }
        #expect(try plan() == 60)
        let settings = try server.settings()
        let sent = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 {
                group.addTask { [location = school.location, vault = school.vault] in
                    let database = try ServerDatabase(location, vault: vault)
                    defer { database.close() }
                    let delivery = try TestDelivery(database, settings)
                    var sent = 0
                    for _ in 0..<3 { sent += try await delivery.round() }
                    return sent
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sent == 60 && server.count == 60)
        #expect(Set(try await server.letters().map(\.recipient)).count == 60)
    }

    @Test func aProcessThatDiesBeforeTheEndLeavesALetterToOthers() async throws {
        _ = try student("ada")
        #expect(try plan() == 1)
        #expect(try school.database.letters.claim(now: School.morning) != nil)
        #expect(try await delivery.round() == 0)
        #expect(try await delivery.round(after: .milliseconds(LetterStore.lease)) == 1)
        #expect(server.count == 1)
    }
}

/// A delivery whose clock a test sets, with its log.
final class TestDelivery: Sendable {
    private let delivery: Mutex<MailDelivery>
    private let lines: LogLines

    init(_ database: ServerDatabase, _ settings: MailSettings) throws {
        let collected = LogLines()
        lines = collected
        let logger = Logger(label: "mail") { _ in LogCollector(lines: collected) }
        delivery = Mutex(
            try MailDelivery(
                database: database, settings: settings,
                client: try SMTPClient(settings, password: MailServer.password), zone: try LetterTests.london(),
                planner: nil, isStopped: { false }, logger: logger))
    }

    var log: [String] { lines.all }

    /// One round, so long after the school's morning.
    func round(after duration: Duration = .zero) async throws -> Int {
        let components = duration.components
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        let now = School.morning.advanced(byMilliseconds: milliseconds)
        return try await blocking { [self] in try delivery.withLock { try $0.round(now: { now }) } }
    }
}

final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// Keeps what is logged for a test.
struct LogCollector: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(lines: LogLines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
}
