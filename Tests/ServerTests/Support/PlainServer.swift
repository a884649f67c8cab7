import Foundation
import Hummingbird
import TestSupport

@testable import Server

/// Routes served without TLS on 127.0.0.1, for clients that come from several addresses.
enum PlainServer {
    static func whileServing<Result: Sendable>(
        _ routes: Routes, _ body: @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: routes.router(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) })
        let running = Task {
            defer { continuation.finish() }
            try await application.run()
        }
        defer { running.cancel() }
        for await port in ports { return try await body(port) }
        try await running.value
        throw FixtureError("the server ended before it listened")
    }
}

/// A connection on which a test says what it likes, as slowly as it likes.
final class PlainClient: Sendable {
    private let descriptor: Int32

    /// - Parameter source: an address of this machine, as 127.0.0.2.
    init(port: Int, from source: String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw FixtureError("no socket") }
        let isConnected =
            Self.withAddress(source, port: 0) { bind(descriptor, $0, $1) } == 0
            && Self.withAddress("127.0.0.1", port: port) { connect(descriptor, $0, $1) } == 0
        guard isConnected else { throw FixtureError("no connection from \(source): \(errno)") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw FixtureError("not sent: \(errno)") }
    }

    /// The status of the next answer; nil where none comes.
    func status(within time: Duration = .seconds(30)) async throws -> Int? {
        let end = ContinuousClock.now + time
        var (text, piece) = ("", [UInt8](repeating: 0, count: 4096))
        while ContinuousClock.now < end, !text.contains("\r\n") {
            let count = recv(descriptor, &piece, piece.count, Int32(MSG_DONTWAIT))
            if count == 0 { break }
            if count > 0 { text += String(decoding: piece[..<count], as: UTF8.self) }
            if count < 0 { try await Task.sleep(for: .milliseconds(20)) }
        }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    private static func withAddress(
        _ text: String, port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
