import Foundation
import Testing

@testable import Terminal

/// Clients that hold the line. Each test opens hundreds of sockets, so they run one after the other.
@Suite("Slow clients of the status endpoint", .serialized)
struct SlowClientsTests {
    @Test func twoHundredIdleAndSlowConnectionsLockNobodyOut() throws {
        let board = try healthyBoard()
        let server = try statusServer(board)
        let idle = (0..<100).compactMap { _ in StatusVisitor(port: server.port) }
        let slow = (0..<100).compactMap { _ in StatusVisitor(port: server.port) }
        #expect(idle.count == 100 && slow.count == 100)

        let drip = Array("GET /status HTTP/1.1\r\nX-Filler: ")
        for (step, letter) in drip.enumerated() {
            for client in slow { #expect(client.send(String(letter))) }
            board.update { $0.frames.delivered = UInt64(step) }
            let response = try #require(statusRequest("/status", port: server.port))
            #expect(response.status == 200)
            #expect(StatusSnapshot.read(json: Array(response.body.utf8))?.frames.delivered == UInt64(step))
        }
        // They were not cut off either: there was room for all of them.
        for client in slow {
            client.send("\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(StatusResponse(client.receiveAll())?.status == 200)
        }
        for client in idle {
            client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(StatusResponse(client.receiveAll())?.status == 200)
        }
    }

    @Test func oneTooManyEndsTheOldest() throws {
        let server = try statusServer(healthyBoard(), connections: 16)
        let slow = (0..<200).compactMap { _ in StatusVisitor(port: server.port) }
        slow.forEach { $0.send("GET /status HTTP/1.1\r\nX: ") }
        #expect(statusRequest("/healthz", port: server.port)?.status == 200)
        // The first ones are gone without an answer; the youngest may still finish.
        for client in slow[..<180] { #expect(client.receiveAll().isEmpty) }
        let youngest = try #require(slow.last)
        youngest.send("\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(StatusResponse(youngest.receiveAll())?.status == 200)
    }

    /// In a process of its own: what other tests take meanwhile is not this server's memory.
    @Test func memoryStaysBounded() async {
        await #expect(processExitsWith: .success) {
            let server = try statusServer(healthyBoard(), connections: 64)
            func flood() throws {
                let clients = (0..<300).compactMap { _ in StatusVisitor(port: server.port) }
                let filler = "GET /status HTTP/1.1\r\nX: " + String(repeating: "x", count: 4000)
                clients.forEach { $0.send(filler) }
                #expect(statusRequest("/status", port: server.port)?.status == 200)
            }
            try flood()
            let before = ProcessMemory.residentBytes
            #expect(before > 1 << 20)
            for _ in 0..<10 { try flood() }
            // 3000 connections with a full buffer each would be 24 MB and more, and 300 of them 2.4 MB.
            let grown = ProcessMemory.residentBytes - before
            #expect(grown < 2 << 20)
        }
    }

    @Test func aReaderThatDoesNotReadHoldsNobodyUp() throws {
        let server = try statusServer(healthyBoard())
        let deaf = (0..<50).compactMap { _ in StatusVisitor(port: server.port) }
        let many = String(repeating: "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 200)
        deaf.forEach { $0.send(many) }
        #expect(statusRequest("/healthz", port: server.port)?.status == 200)
    }
}
