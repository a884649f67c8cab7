import Attendance
import Database
import Foundation
import TestSupport
import Testing

@testable import Server

/// The whole program with a mail server.
@Suite(.timeLimit(.minutes(10))) struct MailProgramTests {
    let server: LiveServer
    let mail: MailServer
    private let today: LocalDate

    init() async throws {
        server = try await LiveServer()
        mail = try await MailServer()
        let settings = try mail.settings()
        try server.folder.write("mail-password", "pass word ü\n")
        let path = server.folder.file("server.toml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try server.folder.write(
            "server.toml",
            """
            \(text)
            [mail]
            url = "smtp://localhost:\(settings.port)"
            user = "rollcall"
            password_file = "mail-password"
            from = "rollcall@school.example"
            ca_file = "\(settings.authorityFile ?? "")"
            base_url = "https://rollcall.school.example/password/"
            """)
        today = SchoolDay.today(in: try LetterTests.london())
    }

    private func run(_ arguments: String...) async throws -> Command.Result {
        try await Command.run(
            try BuiltProgram("rollcall-server").path, arguments + ["--config", server.folder.file("server.toml")])
    }

    /// Students with a record each of today.
    private func students(_ people: [(name: String, email: String)]) throws {
        let database = try server.openDatabase()
        defer { database.close() }
        for person in people {
            let id = try database.accounts.create(
                AccountDetails(name: person.name, role: .student, email: person.email, age: nil, className: "7b"),
                password: nil, by: .server, now: Clock.now
            ).id
            try write(
                "INSERT INTO attendance (person, session, class, status, cause, at_ms) VALUES (?, ?, '7b', 'late', 'mark', ?)",
                [.id(id), .text(today.description), .integer(Clock.now.milliseconds)])
        }
    }

    private func write(_ sql: String, _ values: [SQLValue] = []) throws {
        let connection = try SQLiteConnection(path: server.folder.file("server.sqlite"), use: .shared())
        defer { connection.close() }
        try connection.execute(sql, values)
    }

    private func state() throws -> [LetterState] {
        let database = try server.openDatabase()
        defer { database.close() }
        return try database.letters.list(page: PageRequest()).map(\.state)
    }

    private func waitFor(_ condition: () throws -> Bool) async throws {
        while try !condition() { try await Task.sleep(for: .milliseconds(50)) }
    }

    @Test func theCommandPrintsTablesAndCSVAndSends() async throws {
        try students([("Ada", "ada@school.example"), ("=HYPERLINK(1)", "eve@school.example")])
        let table = try await run("report", "daily")
        #expect(table.status == 0, "\(table.errors)")
        #expect(table.output.contains("DATE") && table.output.contains("Ada"))
        let csv = try await run("report", "weekly", "--date", today.description, "--class", "7b", "--csv")
        #expect(
            csv.output.hasPrefix("date,class,name,status,time,cause,person\r\n\(today),7b,'=HYPERLINK(1),late,"))
        #expect(csv.output.split(separator: "\r\n").count == 3)
        #expect(
            try await run("report", "daily", "--date", "2001-01-01", "--csv").output.split(separator: "\r\n").count == 1
        )
        #expect(try await run("report", "daily", "--class", "9z").errors.contains("there is no class 9z"))
        #expect(try await run("report", "daily", "--date", "tomorrow").status == 64)
        #expect(try await run("report", "daily", "--csv", "--send").status == 64)

        let sent = try await run("report", "daily", "--send")
        #expect(
            sent.status == 0 && sent.output.contains("2 new letters") && sent.output.contains("; 2 letters sent"),
            "\(sent)")
        #expect(try await run("report", "daily", "--send").output.contains("0 new letters"))
        #expect(mail.count == 2)
        #expect(!sent.errors.contains("pass word"))
    }

    @Test func aTestLetterSaysWhetherMailGoes() async throws {
        let sent = try await run("mail", "test", "Ada@school.example")
        #expect(sent.status == 0 && sent.output == "ada@school.example: localhost has taken the letter\n", "\(sent)")
        let letter = try #require(try await mail.letters().first)
        #expect(letter.text.contains("Rollcall can send mail") && letter.html.contains("<p>Rollcall can send mail"))
        #expect(try await run("mail", "test", "ada").errors.contains("an e-mail address looks like"))
        let path = server.folder.file("server.toml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try server.folder.write("server.toml", text.replacing("user = \"rollcall\"", with: "user = \"nobody\""))
        let refused = try await run("mail", "test", "ada@school.example")
        #expect(refused.status == 1 && refused.errors.contains("login") && !refused.errors.contains("pass word"))
        #expect(mail.count == 1)
    }

    @Test func lettersThatWaitAreSaid() async throws {
        try students([("Ada", "ada@school.example"), ("Bob", "bob@school.example")])
        let path = server.folder.file("server.toml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let port = try mail.settings().port
        try server.folder.write("server.toml", text.replacing("smtp://localhost:\(port)", with: "smtp://localhost:9"))
        let unsent = try await run("report", "daily", "--send")
        #expect(unsent.status == 75 && unsent.output.contains("2 new letters"), "\(unsent)")
        #expect(unsent.errors.contains("2 letters wait; the running server tries them again by itself"))
        try write("UPDATE letters SET next_try_ms = 1")
        try server.folder.write("server.toml", text)
        let sent = try await run("report", "daily", "--send")
        #expect(sent.status == 0 && sent.output.contains("0 new letters") && sent.output.contains("; 2 letters sent"))
    }

    @Test func aForgottenPasswordComesByMailWhileTheServerRuns() async throws {
        try students([("Ada", "ada@school.example")])
        let process = try await ServerProcess(server)
        let body = Array("{\"email\":\"Ada@school.example\"}".utf8)
        #expect(try await server.curl(process.port, "/password/forgot", post: body).status == 202)
        try await waitFor { mail.count == 1 }
        let letter = try #require(try await mail.letters().first)
        let token = try #require(letter.text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("rcp_") })
        let reset = Array("{\"token\":\"\(token)\",\"new_password\":\"a new password\"}".utf8)
        #expect(try await server.curl(process.port, "/password/reset", post: reset).status == 204)
        let result = await process.stop()
        #expect(result.status == 0 && !result.errors.contains(token) && !result.errors.contains("pass word"))
    }

    /// The server is killed while the mail server has a letter and has not said so, and started again.
    @Test func aKillBetweenLetterAndReplyIsFoundAndNotRepeated() async throws {
        try students([("Ada", "silent@school.example")])
        let process = try await ServerProcess(server)
        let body = Array("{\"email\":\"silent@school.example\"}".utf8)
        #expect(try await server.curl(process.port, "/password/forgot", post: body).status == 202)
        try await waitFor { mail.count == 1 }
        #expect(try state() == [.handed])
        _ = await process.stop(SIGKILL)
        // The claim runs out.
        try write("UPDATE letters SET next_try_ms = 1")
        let second = try await ServerProcess(server)
        try await second.waitFor("may not have arrived")
        try await Task.sleep(for: .seconds(3))
        #expect(try state() == [.interrupted] && mail.count == 1)
        #expect(await second.stop().status == 0)
        let problems = try await run("mail", "problems")
        #expect(problems.output.contains("interrupted") && problems.output.contains("password_reset"))
        let id = try #require(problems.output.split(separator: "\n").last?.split(separator: " ").first)
        #expect(try await run("mail", "again", String(id)).status == 0)
        #expect(try state() == [.waiting])
        #expect(try await run("mail", "again", String(id)).status == 1)
        #expect(try await run("mail", "again", "x").status == 64)
    }

    @Test func dueReportsAreSentByTheServerItself() async throws {
        let yesterday = LocalDate(daysSince1970: today.daysSince1970 - 1)
        try students([("Ada", "ada@school.example"), ("Bob", "bob@school.example")])
        try write("UPDATE attendance SET session = ?", [.text(yesterday.description)])
        try write(
            "INSERT INTO closings (class, session, closed_ms, waits_for) VALUES ('7b', ?, 1, '')",
            [.text(yesterday.description)])
        let text = try String(contentsOfFile: server.folder.file("server.toml"), encoding: .utf8)
        try server.folder.write("server.toml", text + "\n[reports]\ndaily = true\n")
        for _ in 0..<2 {
            let process = try await ServerProcess(server)
            try await waitFor { mail.count == 2 }
            try await Task.sleep(for: .seconds(3))
            #expect(await process.stop().status == 0)
        }
        #expect(mail.count == 2, "also after a restart")
        #expect(Set(try await mail.letters().map(\.recipient)) == ["ada@school.example", "bob@school.example"])
    }

    @Test func whatIsMissingIsSaidBeforeTheStart() async throws {
        try FileManager.default.removeItem(atPath: server.folder.file("mail-password"))
        for word in ["run", "check-config"] {
            let outcome = try await run(word)
            #expect(outcome.status == 78 && outcome.errors.contains("mail.password_file"), "\(outcome.errors)")
        }
        try server.folder.write("mail-password", "secret", mode: 0o644)
        let exposed = try await run("run")
        #expect(exposed.status == 78 && !exposed.errors.contains("secret\n"))
        try server.folder.write("mail-password", "")
        #expect(try await run("run").errors.contains("it is empty"))
    }
}
