import CMicroHTTPD
import Glibc

/// The read-only HTTP endpoint of a terminal: `/status`, `/healthz` and `/metrics`, on one thread of its own.
public final class StatusServer {
    /// Where it listens, as configured.
    public let address: String
    /// The port it listens on, also when it asked for any (0).
    public let port: Int
    private let server: OpaquePointer
    private let endpoint: Unmanaged<StatusEndpoint>

    /// What one client may cost. A connection without a byte for 10 s ends.
    static let idleSeconds: UInt32 = 10
    static let connectionBytes = 8 << 10

    /// Listens and serves from now until `stop()`.
    ///
    /// - Parameter maximumConnections: at one time; one more ends the oldest, so that slow clients lock nobody out.
    public init(
        address: String, port: Int, maximumConnections: Int, showNames: Bool, board: StatusBoard
    ) throws(StatusError) {
        guard let socketAddress = SocketAddress(address, port: port) else { throw .badAddress(address) }
        let endpoint = Unmanaged.passRetained(StatusEndpoint(board: board, showNames: showNames))
        let limits = cmhd_limits(
            connections: UInt32(clamping: maximumConnections), idle_seconds: Self.idleSeconds,
            connection_bytes: Self.connectionBytes)
        var code: Int32 = 0
        let server = socketAddress.withPointer { pointer, length in
            cmhd_start(pointer, length, limits, answer, endpoint.toOpaque(), &code)
        }
        guard let server else {
            endpoint.release()
            throw code == EADDRINUSE
                ? .addressInUse(address: address, port: port) : .notBound(address: address, port: port, code: code)
        }
        self.address = address
        self.port = Int(cmhd_port(server))
        self.server = server
        self.endpoint = endpoint
    }

    deinit {
        cmhd_stop(server)
        endpoint.release()
    }
}

/// What the server's thread needs of the daemon.
private final class StatusEndpoint: Sendable {
    let board: StatusBoard
    let showNames: Bool

    init(board: StatusBoard, showNames: Bool) {
        self.board = board
        self.showNames = showNames
    }
}

private let textType: StaticString = "text/plain; charset=utf-8"
private let jsonType: StaticString = "application/json"
private let metricsType: StaticString = "text/plain; version=0.0.4; charset=utf-8"
private let allowed: StaticString = "GET, HEAD"

/// Called by the C server for each request; the context is retained as long as the server lives.
private func answer(
    _ context: UnsafeMutableRawPointer?, _ request: UnsafePointer<cmhd_request>?
) -> cmhd_reply {
    guard let context, let request = request?.pointee else { return cmhd_reply() }
    let endpoint = Unmanaged<StatusEndpoint>.fromOpaque(context).takeUnretainedValue()
    let answer = StatusAnswer.to(
        method: String(cString: request.method), path: String(cString: request.path),
        host: request.host.map { String(cString: $0) }, board: endpoint.board, showNames: endpoint.showNames)

    var reply = cmhd_reply()
    reply.status = answer.status
    switch answer.contentType {
    case .text: reply.content_type = characters(of: textType)
    case .json: reply.content_type = characters(of: jsonType)
    case .metrics: reply.content_type = characters(of: metricsType)
    }
    reply.allow = answer.namesMethods ? characters(of: allowed) : nil
    reply.length = answer.body.count
    reply.body = malloc(max(1, answer.body.count))
    answer.body.withUnsafeBytes { bytes in
        if let body = reply.body, let start = bytes.baseAddress { memcpy(body, start, bytes.count) }
    }
    return reply
}

private func characters(of text: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}
