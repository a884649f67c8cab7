import Foundation
import Testing

@testable import Terminal

/// Listeners that hold the line.
@Suite("Listeners at the door", .serialized)
struct KioskListenersTests {
    private func listeners(_ server: StatusServer) throws -> [EventListener] {
        try (0..<KioskAnswer.mostListeners).map { _ in
            let listener = try #require(EventListener(port: server.port))
            _ = try #require(listener.next("door", within: 5))
            return listener
        }
    }

    @Test func oneTooManyIsToldToComeAgain() throws {
        let server = try statusServer(healthyBoard())
        var open = try listeners(server)
        let refused = try #require(statusRequest("/events", port: server.port))
        #expect(refused.status == 503 && refused.headers["retry-after"] == "5")
        for path in ["/status", "/healthz", "/metrics", "/", "/kiosk.js"] {
            #expect(statusRequest(path, port: server.port)?.status == 200, "\(path)")
        }
        // Whoever leaves makes room: a page that is loaded again finds its place.
        open.removeLast()
        let deadline = Date.now + 5
        var isLetIn = false
        while !isLetIn, Date.now < deadline {
            isLetIn = EventListener(port: server.port)?.head()?.hasPrefix("HTTP/1.1 200") == true
            if !isLetIn { Thread.sleep(forTimeInterval: 0.1) }
        }
        #expect(isLetIn)
        withExtendedLifetime(open) {}
    }

    @Test func askingForTheHeadersAloneTakesNoPlace() throws {
        let server = try statusServer(healthyBoard())
        for _ in 0..<8 {
            let head = try #require(statusRequest("/events", method: "HEAD", port: server.port))
            #expect(head.status == 200 && head.headers["content-type"] == "text/event-stream")
        }
    }

    /// Others come and go in hundreds, more than may be connected at one time; those at the door stay.
    @Test func aFloodEndsNoListener() throws {
        let board = try healthyBoard()
        let server = try statusServer(board, connections: 4)
        let open = try listeners(server)
        let flood = (0..<100).compactMap { _ in StatusVisitor(port: server.port) }
        flood.forEach { $0.send("GET /status HTTP/1.1\r\nX: ") }
        #expect(statusRequest("/healthz", port: server.port)?.status == 200)
        try DoorPlayer(board).mark("Grace Hopper")
        for listener in open { #expect(listener.next("greeting", within: 2) != nil) }
    }

    /// It is cut off, the others hear everything, and its place is free again.
    @Test func whoDoesNotReadIsCutOff() throws {
        let board = try healthyBoard()
        let server = try statusServer(board)
        let deaf = try #require(EventListener(port: server.port, room: 2048))
        let hearing = try #require(EventListener(port: server.port))
        _ = try #require(hearing.next("door", within: 5))
        let door = DoorPlayer(board, firstNames: true)
        let name = String(repeating: "A", count: 40)
        let start = Date.now
        var sent = 0
        // The kernel holds some 20 KB between the two.
        while Date.now.timeIntervalSince(start) < 30, sent < 600 {
            for _ in 0..<6 { try door.mark(name) }
            sent += 6
            for _ in 0..<6 { #expect(hearing.next("greeting", within: 2) != nil) }
            if sent % 60 == 0 { #expect(statusRequest("/status", port: server.port)?.status == 200) }
        }
        #expect(deaf.ends(within: 5), "\(sent) greetings waited for it")
    }

    @Test func stopsWithListeners() throws {
        var server: StatusServer? = try statusServer(healthyBoard())
        let open = try listeners(try #require(server))
        let start = Date.now
        server = nil
        #expect(Date.now.timeIntervalSince(start) < 1.5)
        for listener in open { #expect(listener.ends(within: 2)) }
    }
}
