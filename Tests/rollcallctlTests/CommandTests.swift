import Attendance
import FoundationEssentials
import Terminal
import TestSupport
import Testing

/// `status`, `marks` and `doctor` as they are run, against a real status endpoint.
@Suite struct CommandTests {
    private let folder: TemporaryFolder
    private let program: BuiltProgram

    init() throws {
        folder = try TemporaryFolder()
        program = try BuiltProgram("rollcallctl")
    }

    private func configuration(port: Int, more: String = "") throws -> String {
        try folder.write(
            "terminal.toml",
            """
            [server]
            url = "https://localhost:1"
            [status]
            port = \(port)
            \(more)
            """)
    }

    private func board(_ change: (inout StatusFacts) -> Void = { _ in }) -> StatusBoard {
        let board = StatusBoard(version: terminalVersion, bootID: UUID())
        board.update { facts in
            facts.camera.state = .ok
            facts.roster.cursor = "7"
            change(&facts)
        }
        return board
    }

    private func serve(_ board: StatusBoard) throws -> StatusServer {
        try StatusServer(address: "127.0.0.1", port: 0, maximumConnections: 8, showNames: true, board: board)
    }

    /// A port at which nobody listens.
    private func freePort() throws -> Int { try serve(board()).port }

    @Test func theStatusOfAHealthyDaemon() throws {
        let server = try serve(board())
        let outcome = try program.run(["status", "--config", configuration(port: server.port)])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("rollcalld \(terminalVersion), running for "))
        withExtendedLifetime(server) {}
    }

    @Test func somethingWrongIsExitStatusOne() throws {
        let server = try serve(
            board {
                $0.camera.state = .dark
                $0.camera.reason = "dark for 30 s"
            })
        let outcome = try program.run(["status", "--config", configuration(port: server.port)])
        #expect(outcome.status == 1)
        #expect(outcome.output.split(separator: "\n")[1] == "WRONG      camera dark: dark for 30 s")
        withExtendedLifetime(server) {}
    }

    @Test func theJSONComesAsItIs() throws {
        let board = board()
        let server = try serve(board)
        let outcome = try program.run(["status", "--json", "--config", configuration(port: server.port)])
        let read = try #require(StatusSnapshot.read(json: Array(outcome.output.utf8)))
        #expect(read.bootID == board.snapshot(names: true).bootID)
        withExtendedLifetime(server) {}
    }

    @Test(arguments: ["status", "marks"])
    func aDaemonThatDoesNotRunIsExitStatus69WithTheNextStep(command: String) throws {
        let outcome = try program.run([command, "--config", configuration(port: freePort())])
        #expect(outcome.status == 69)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("systemctl status rollcalld"))
        #expect(outcome.errors.contains("journalctl -u rollcalld"))
    }

    @Test func marksAreListedTheNewestFirst() throws {
        func mark(_ id: Int, _ status: String) throws -> MarkStatus {
            let text = """
                {"id": "01A2B3C4-0000-7000-8000-00000000000\(id)", "at_ms": 1795348799999, "session": "2026-11-22",
                 "status": "\(status)", "name": "Person \(id)"}
                """
            return try JSONDecoder().decode(MarkStatus.self, from: Data(text.utf8))
        }
        let marks = try [mark(1, "present"), mark(2, "late")]
        let server = try serve(board { facts in for mark in marks { facts.recorded(mark, latency: .zero) } })
        let path = try configuration(port: server.port)
        let lines = try program.run(["marks", "--config", path]).output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix("late     Person 2") == true)
        let json = try program.run(["marks", "--json", "--config", path]).output
        #expect(try JSONDecoder().decode([MarkStatus].self, from: Data(json.utf8)) == marks.reversed())
        withExtendedLifetime(server) {}
    }

    @Test func doctorFailsWhereSomethingIsMissingAndTellsScriptsWhat() throws {
        struct Report: Decodable {
            let verdict: String
            let findings: [[String: String?]]
        }
        let path = try configuration(port: freePort(), more: "[camera]\ndevice = \"/dev/no-such-camera\"")
        let outcome = try program.run(["doctor", "--json", "--config", path])
        #expect(outcome.status == 1, "\(outcome.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        #expect(report.verdict == "failed")
        let verdicts = Dictionary(
            report.findings.map { ($0["name"] ?? nil, $0["verdict"] ?? nil) }, uniquingKeysWith: { first, _ in first })
        for name in ["daemon", "camera", "server"] { #expect(verdicts[name] == "failed", "\(name)") }
        #expect(verdicts["time zone"] == "ok")
        for finding in report.findings where finding["verdict"] != "ok" {
            #expect((finding["next_step"] ?? nil)?.isEmpty == false, "\(finding)")
        }
    }

    @Test func doctorLooksAtTheCascadeWhereTheDetectorNeedsIt() throws {
        struct Report: Decodable {
            let findings: [[String: String?]]
        }
        func verdict(_ detector: String, _ cascade: String) throws -> String? {
            let path = try configuration(
                port: freePort(),
                more: "[recognition]\ndetector = \"\(detector)\"\nhaar_cascade = \"\(cascade)\"")
            let outcome = try program.run(["doctor", "--json", "--config", path])
            let findings = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)).findings
            return findings.first { $0["name"] == "Haar cascade" }?["verdict"] ?? nil
        }
        #expect(try verdict("hog", "none.xml") == nil)
        #expect(try verdict("haar", "none.xml") == "failed")
        #expect(try verdict("both", Fixtures.cascade) == "ok")
    }

    @Test func doctorFailsATokenFileThatTheDaemonRefuses() throws {
        struct Report: Decodable {
            let findings: [[String: String?]]
        }
        let path = try folder.write(
            "terminal.toml", "[server]\nurl = \"https://localhost:1\"\ntoken_file = \"token\"\n")
        for (text, verdict) in [("rct_one\nrct_two\n", "failed"), ("rct_one%\n", "failed"), ("rct_one\n", "ok")] {
            let token = try folder.write("token", text)
            let outcome = try program.run(["doctor", "--json", "--config", path])
            let findings = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)).findings
            let row = try #require(findings.first { $0["name"] == "token file" })
            #expect(row["verdict"] == verdict, "\(text)")
            if verdict == "failed" {
                #expect((row["found"] ?? nil)?.hasPrefix("\(token): ") == true)
                #expect((row["next_step"] ?? nil)?.contains("terminal renew NAME") == true)
            }
            #expect(!outcome.output.contains("rct_one"))
        }
    }

    @Test(arguments: ["status", "marks", "doctor"])
    func aRefusedConfigurationIsExitStatus78WithItsLine(command: String) throws {
        let path = try configuration(port: 8470, more: "colour = \"green\"")
        let outcome = try program.run([command, "--config", path])
        #expect(outcome.status == 78)
        #expect(outcome.errors.hasPrefix("rollcallctl: \(path):5: "), "\(outcome.errors)")
        #expect(try program.run([command, "--config", folder.file("none.toml")]).status == 78)
    }

    @Test func wrongUsageIsExitStatus64AndHelpIsNot() throws {
        #expect(try program.run(["inspect"]).status == 64)
        #expect(try program.run(["status", "--no-such-flag"]).status == 64)
        #expect(try program.run(["--version"]).output == "\(terminalVersion)\n")
        for command in [
            ["--help"], ["status", "--help"], ["marks", "--help"], ["doctor", "--help"], ["inspect", "--help"],
        ] {
            let help = try program.run(command)
            #expect(help.status == 0)
            #expect(help.output.contains("Exit status: 0"), "\(command)")
        }
    }
}
