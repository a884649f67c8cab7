import Foundation
import Testing

@testable import Terminal

@Suite("Status endpoint")
struct StatusServerTests {
    @Test func answersOverARealSocket() throws {
        let server = try statusServer(healthyBoard())
        let status = try #require(statusRequest("/status", port: server.port))
        #expect(status.status == 200)
        #expect(status.headers["content-type"] == "application/json")
        #expect(StatusSnapshot.read(json: Array(status.body.utf8))?.roster.people == 51)
        let health = try #require(statusRequest("/healthz", port: server.port))
        #expect(health.status == 200 && health.body == "ok\n")
        #expect(health.headers["content-type"] == "text/plain; charset=utf-8")
        let metrics = try #require(statusRequest("/metrics?x=1", port: server.port))
        #expect(metrics.status == 200)
        #expect(metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(metrics.body.contains("\nrollcall_frames_total{fate=\"dropped\"} 3\n"))
        for response in [status, health, metrics] {
            #expect(response.headers["cache-control"] == "no-store")
            #expect(response.headers["x-content-type-options"] == "nosniff")
            #expect(response.headers["content-length"] == "\(response.body.utf8.count)")
        }
    }

    @Test func headHasNoBody() throws {
        let server = try statusServer(healthyBoard())
        let response = try #require(statusRequest("/status", method: "HEAD", port: server.port))
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(try #require(Int(response.headers["content-length"] ?? "")) > 100)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X"])
    func onlyReadingIsAllowed(_ method: String) throws {
        let server = try statusServer(healthyBoard())
        for path in StatusAnswer.paths {
            let response = try #require(statusRequest(path, method: method, port: server.port))
            #expect(response.status == 405)
            #expect(response.headers["allow"] == "GET, HEAD")
        }
    }

    @Test func aBodyIsNotRead() throws {
        let server = try statusServer(healthyBoard())
        let client = try #require(StatusVisitor(port: server.port))
        client.send("POST /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\nabc")
        #expect(StatusResponse(client.receiveAll())?.status == 405)
        let chunked = try #require(StatusVisitor(port: server.port))
        chunked.send(
            "GET /status HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n")
        #expect(StatusResponse(chunked.receiveAll())?.status == 200)
    }

    @Test func aConnectionServesSeveralRequests() throws {
        let server = try statusServer(healthyBoard())
        let client = try #require(StatusVisitor(port: server.port))
        client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(client.receiveAll().components(separatedBy: "HTTP/1.1 200 OK").count == 3)
    }

    @Test(arguments: ["/index.html", "/status/", "/Status", "/../etc/passwd", "/healthz%2f", "/metrics/x", "//status"])
    func otherPathsAreUnknown(_ path: String) throws {
        let server = try statusServer(healthyBoard())
        #expect(try #require(statusRequest(path, port: server.port)).status == 404)
    }

    @Test func aForeignHostIsRefused() throws {
        let server = try statusServer(healthyBoard())
        for host in ["evil.example", "evil.example:8470", "", "localhost.evil.example", "127.0.0.1.nip.io"] {
            let response = try #require(statusRequest("/status", host: host, port: server.port))
            #expect(response.status == 403, "\(host)")
            #expect(!response.body.contains("camera"))
        }
        // HTTP/1.1 demands the header, and one of it.
        #expect(try #require(statusRequest("/status", host: nil, port: server.port)).status / 100 == 4)
        #expect(
            try #require(statusRequest("/status", host: "localhost\r\nHost: evil.example", port: server.port)).status
                / 100 == 4)
    }

    @Test func listensOnIPv6() throws {
        let server = try statusServer(healthyBoard(), address: "::1")
        #expect(
            try #require(statusRequest("/healthz", host: "[::1]:\(server.port)", port: server.port, ipv6: true)).status
                == 200)
    }

    @Test func aPortInUseIsSaid() throws {
        let first = try statusServer(healthyBoard())
        #expect(throws: StatusError.addressInUse(address: "127.0.0.1", port: first.port)) {
            try StatusServer(
                address: "127.0.0.1", port: first.port, maximumConnections: 8, showNames: false, board: healthyBoard())
        }
    }

    @Test func anAddressOfAnotherMachineIsSaid() throws {
        #expect(throws: StatusError.notBound(address: "192.0.2.1", port: 0, code: EADDRNOTAVAIL)) {
            try statusServer(healthyBoard(), address: "192.0.2.1")
        }
        #expect(throws: StatusError.badAddress("localhost")) { try statusServer(healthyBoard(), address: "localhost") }
    }

    @Test func stopsWithOpenConnections() throws {
        var server: StatusServer? = try statusServer(healthyBoard())
        let port = try #require(server?.port)
        let clients = (0..<20).compactMap { _ in StatusVisitor(port: port) }
        clients.forEach { $0.send("GET /status HT") }
        #expect(statusRequest("/healthz", port: port)?.status == 200)
        server = nil
        for client in clients { #expect(client.receiveAll().isEmpty) }
        #expect(StatusVisitor(port: port) == nil)
    }

    @Test(arguments: [
        "\r\n\r\n", "GET\r\n\r\n", "GET /status\r\n\r\n", "GET /status HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
        "GET /status HTTP/1.1\r\nHost localhost\r\n\r\n",
        "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n\r\n",
        "GET /status HTTP/1.1\r\nX: " + String(repeating: "y", count: 100_000) + "\r\n\r\n",
        "GET /status HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 20_000) + "\r\n",
        "GET %zz HTTP/1.1\r\nHost: %\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
    func noiseIsSurvived(_ bytes: String) throws {
        let server = try statusServer(healthyBoard())
        let client = try #require(StatusVisitor(port: server.port))
        client.send(bytes)
        #expect(statusRequest("/healthz", port: server.port)?.status == 200)
    }
}
