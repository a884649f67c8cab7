import Attendance
import Foundation
import Logging
import NIOCore
import SyncProtocol
import Synchronization
import Systemd
import TestSupport
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct LiveServerTests {
    let server: LiveServer

    init() async throws { server = try await LiveServer() }

    @Test func marksTravelOverTLS() async throws {
        let database = try server.openDatabase()
        let token = try database.terminals.add(name: "door").token.text
        let person = try database.people.add(
            [NewTemplate(bytes: School.randomTemplate(), quality: "")], name: "Ada", className: "7b", hasConsent: true
        ).person
        try await server.whileRunning { port in
            let at = Clock.now
            let mark = School.mark(
                of: person.id, at: at, session: LocalDate(daysSince1970: Int(at.seconds / 86_400)))
            let body = try MarkBatch(marks: [mark]).json()
            let answer = try await server.curl(port, Endpoint.marks, token: token, post: body)
            #expect(answer.status == 200)
            #expect(try MarkReceipt(json: answer.body).results == [.accepted(mark.id)])
            #expect(try database.marks.list().map(\.id) == [mark.id])
            let roster = try await server.curl(port, Endpoint.roster, token: token)
            #expect(try RosterDelta(json: roster.body).people.map(\.name) == ["Ada"])
        }
    }

    /// The server keeps nothing in memory that a command may change in the file beside it.
    @Test func noticesWhatACommandChanges() async throws {
        let database = try server.openDatabase()
        try await server.whileRunning { port in
            let token = try database.terminals.add(name: "door").token.text
            let first = try RosterDelta(json: try await server.curl(port, Endpoint.roster, token: token).body)
            #expect(first.people.isEmpty)
            let person = try database.people.add(
                [NewTemplate(bytes: School.randomTemplate(), quality: "")], name: "Ada", className: "7b",
                hasConsent: true
            ).person
            let path = "\(Endpoint.roster)?cursor=\(first.cursor)"
            let second = try RosterDelta(json: try await server.curl(port, path, token: token).body)
            #expect(second.people.map(\.id) == [person.id])
            _ = try database.people.remove("Ada")
            let third = try RosterDelta(json: try await server.curl(port, path, token: token).body)
            #expect(third.people.isEmpty && third.removed == [person.id])
            try database.terminals.revoke(name: "door")
            #expect(try await server.curl(port, Endpoint.roster, token: token).status == 401)
        }
    }

    @Test func onlyTLSFrom12OnIsSpoken() async throws {
        try await server.whileRunning { port in
            #expect(try await server.curl(port, Routes.health, ["--tls-max", "1.2"]).status == 200)
            #expect(try await server.curl(port, Routes.health, ["--tlsv1.3"]).status == 200)
            // Debian's curl offers TLS 1.1 only at security level 0.
            let old = ["--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"]
            #expect(try await server.curl(port, Routes.health, old).status == 0)
            let plain = try await Command.run(
                "/usr/bin/curl", ["--silent", "--max-time", "10", "http://localhost:\(port)/healthz"])
            #expect(plain.status != 0)
        }
    }

    @Test func anEndlessBodyIsRefused() async throws {
        let token = try server.openDatabase().terminals.add(name: "door").token.text
        let body = [UInt8](repeating: UInt8(ascii: "["), count: 4 << 20)
        try await server.whileRunning { port in
            let length = try await server.curl(port, Endpoint.marks, token: token, post: body, ["--header", "Expect:"])
            #expect(length.status == 413)
            let chunked = ["--header", "Transfer-Encoding: chunked", "--header", "Expect:"]
            #expect(try await server.curl(port, Endpoint.marks, token: token, post: body, chunked).status == 413)
            #expect(try await server.curl(port, Routes.health).status == 200)
        }
    }

    @Test func headersAreShort() async throws {
        try await server.whileRunning { port in
            let cookies = (0..<4).map { ["--header", "X-\($0): \(String(repeating: "x", count: 7000))"] }
            let many = (0..<150).flatMap { ["--header", "X-\($0): x"] }
            let one = try await server.curl(port, Routes.health, cookies[0])
            #expect(one.status == 200)
            for headers in [Array(cookies.joined()), many] {
                let answer = try await server.curl(port, Routes.health, headers)
                #expect(answer.status == 400)
            }
        }
    }

    /// A client that sends a byte now and then would never be idle; it is cut off all the same.
    @Test func slowAndSilentClientsAreCutOff() async throws {
        var limits = RollcallServer.Limits()
        limits.idleTimeout = .milliseconds(1500)
        limits.exchangeTimeout = .seconds(2)
        try await server.whileRunning(limits: limits) { port in
            let head = "POST \(Endpoint.marks) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
            let overTLS = ["/usr/bin/openssl", "s_client", "-quiet", "-connect", "localhost:\(port)"]
            // With `-starttls` the program waits for a greeting before it begins TLS.
            let withoutTLS = overTLS + ["-starttls", "smtp"]
            for (program, start) in [(withoutTLS, ""), (overTLS, ""), (overTLS, "POST /v1"), (overTLS, head)] {
                let pipe = Pipe()
                let client = try Command(
                    program[0], Array(program.dropFirst()), input: pipe.fileHandleForReading)
                // The end of the client is the test: its standard input stays open until the server hangs up.
                let sending = Task {
                    try pipe.fileHandleForWriting.write(contentsOf: Data(start.utf8))
                    while start == head, !Task.isCancelled {
                        try pipe.fileHandleForWriting.write(contentsOf: Data("x".utf8))
                        try await Task.sleep(for: .milliseconds(200))
                    }
                }
                _ = await client.result()
                sending.cancel()
                try pipe.fileHandleForWriting.close()
            }
            // On a busy machine a client may be silent for longer than this short limit without meaning it.
            var status = 0
            for _ in 0..<20 where status != 200 { status = try await server.curl(port, Routes.health).status }
            #expect(status == 200)
        }
    }

    /// Ten thousand who say nothing keep nobody else out.
    @Test func idleConnectionsKeepNobodyOut() async throws {
        var limit = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        let count = min(10_000, Int(clamping: limit.rlim_max) - 500)
        try #require(count > 500, "this machine allows too few open files to try it")
        let process = try await ServerProcess(server)
        let pipe = Pipe()
        let script = "\(Fixtures.package)/Tests/ServerTests/Support/idle.py"
        let idle = try Command(
            "/usr/bin/python3", [script, "\(process.port)", "\(count)"], input: pipe.fileHandleForReading)
        while !idle.text("output").contains("open") {
            try #require(idle.text("errors").isEmpty, "\(idle.text("errors"))")
            try await Task.sleep(for: .milliseconds(100))
        }
        for _ in 0..<5 { #expect(try await server.curl(process.port, Routes.health).status == 200) }
        try pipe.fileHandleForWriting.close()
        _ = await idle.result()
        #expect(try await server.curl(process.port, Routes.health).status == 200)
        #expect(await process.stop().status == 0)
    }

    @Test func aReloadTakesOverPolicyAndCertificate() async throws {
        let tls = try TLSMaterial(server.configuration.tls)
        let database = try server.openDatabase()
        try database.policies.adopt(server.configuration.policy, now: School.morning)
        let threshold = LogThreshold(.info)
        let reload = Reload(
            path: server.folder.file("server.toml"), running: server.configuration, database: DatabaseThread(database),
            tls: tls, door: UploadDoor(UploadConfiguration()), threshold: threshold,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let path = server.folder.file("server.toml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try server.folder.write(
            "server.toml", text.replacing("Europe/London", with: "Asia/Tokyo") + "\nlevel = \"debug\"\n")
        await reload.reload(path)
        #expect(try database.policies.current().zone.name == "Asia/Tokyo")
        #expect(threshold.level == .debug)
        try server.folder.write("server.toml", text.replacing("Europe/London", with: "Mars/Olympus"))
        await reload.reload(path)
        #expect(try database.policies.current().zone.name == "Asia/Tokyo", "a refused file changes nothing")
    }

    @Test func newConnectionsSeeAReloadedCertificate() async throws {
        let path = server.folder.file("server.toml")
        let process = try await ServerProcess(server)
        #expect(try await server.curl(process.port, Routes.health).status == 200)
        // The new one is its own authority, so the old trust fails and the new one holds.
        _ = try await TestCertificate(in: server.folder, name: "other")
        for suffix in ["pem", "key"] {
            let new = try Data(contentsOf: URL(filePath: server.folder.file("other.\(suffix)")))
            try server.folder.write("new.\(suffix)", new)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try server.folder.write(
            "server.toml", text.replacing("server.pem", with: "new.pem").replacing("server.key", with: "new.key"))
        process.command.send(SIGHUP)
        try await process.waitFor("Configuration read again")
        #expect(try await server.curl(process.port, Routes.health).status == 0)
        let trusted = ["--cacert", server.folder.file("new.pem")]
        #expect(try await server.curl(process.port, Routes.health, trusted).status == 200)
        #expect(await process.stop().status == 0)
    }
}
