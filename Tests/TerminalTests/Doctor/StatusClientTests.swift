import Configuration
import Foundation
import Testing

@testable import Terminal

/// Answers every connection with the same bytes, on a thread of its own.
private final class CannedServer: Sendable {
    let port: Int
    private let listener: Int32
    private let thread: WorkerThread

    init(_ reply: [UInt8], times: Int = 1) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 4) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(address.sin_port.bigEndian)
        self.listener = listener
        thread = try WorkerThread(name: "canned") {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            var request = [UInt8](repeating: 0, count: 4096)
            _ = read(connection, &request, request.count)
            for _ in 0..<times where send(connection, reply, reply.count, Int32(MSG_NOSIGNAL)) < 0 { break }
            close(connection)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        thread.join()
        close(listener)
    }
}

@Suite struct StatusClientTests {
    private func endpoint(_ address: String = "127.0.0.1", port: Int) throws -> TerminalConfiguration.Status {
        let text = """
            [server]
            url = "https://localhost:1"
            [status]
            address = "\(address)"
            port = \(port)
            """
        return try TerminalConfiguration(TomlDocument(bytes: Array(text.utf8), file: "terminal.toml")).status
    }

    private func ask(port: Int) throws -> StatusSnapshot { try StatusClient(endpoint(port: port)).ask().status }

    @Test func theStatusOfARealEndpointIsRead() throws {
        let board = StatusBoard(version: "1.2.3", bootID: UUID())
        let server = try StatusServer(
            address: "127.0.0.1", port: 0, maximumConnections: 4, showNames: false, board: board)
        #expect(try ask(port: server.port).version == "1.2.3")
        withExtendedLifetime(server) {}
    }

    @Test func nobodyListening() throws {
        let port: Int
        do {
            let server = try StatusServer(
                address: "127.0.0.1", port: 0, maximumConnections: 4, showNames: false,
                board: StatusBoard(version: "", bootID: UUID()))
            port = server.port
        }
        #expect(throws: StatusClientError.notRunning(url: "http://127.0.0.1:\(port)/status")) { try ask(port: port) }
    }

    private func error(of reply: String, times: Int = 1) throws -> StatusClientError? {
        let server = try CannedServer(Array(reply.utf8), times: times)
        defer { withExtendedLifetime(server) {} }
        return #expect(throws: StatusClientError.self) { try ask(port: server.port) }
    }

    @Test func anotherProgramIsNotMistakenForTheDaemon() throws {
        for reply in [
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            // A redirect is not followed.
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        ] {
            guard case .notOurs = try error(of: reply) else {
                Issue.record("\(reply)")
                continue
            }
        }
        guard case .noAnswer = try error(of: "220 mail.example ESMTP\r\n") else {
            Issue.record("not HTTP")
            return
        }
    }

    @Test func anEndlessAnswerIsCut() throws {
        let head = try error(of: "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 65_536), times: 64)
        guard case .notOurs(_, let reason) = head else {
            Issue.record("\(String(describing: head))")
            return
        }
        #expect(reason.contains("1048576"))
    }

    @Test(arguments: [
        ("0.0.0.0", "http://127.0.0.1:8470/status"), ("::", "http://[::1]:8470/status"),
        ("10.1.2.3", "http://10.1.2.3:8470/status"), ("::1", "http://[::1]:8470/status"),
    ])
    func theEndpointIsAskedWhereItListens(address: String, url: String) throws {
        #expect(StatusClient(try endpoint(address, port: 8470)).url == url)
    }
}
