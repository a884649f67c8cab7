import CMicroHTTPD
import Glibc

/// The read-only HTTP endpoint of a terminal: `/status`, `/healthz` and `/metrics`, and the page at the door with its
/// events. One thread answers, another one sends the events.
public final class StatusServer {
    /// Where it listens, as configured.
    public let address: String
    /// The port it listens on, also when it asked for any (0).
    public let port: Int
    private let server: OpaquePointer
    private let endpoint: Unmanaged<StatusEndpoint>
    private let feed: DoorFeed
    private let feeding: WorkerThread

    /// What one client may cost. A connection without a byte for 10 s ends.
    static let idleSeconds: UInt32 = 10
    static let connectionBytes = 8 << 10

    /// Listens and serves from now until `stop()`.
    ///
    /// - Parameters:
    ///   - maximumConnections: at one time; one more ends the oldest, so that slow clients lock nobody out.
    ///   - language: of the page at the door; nil is the browser's.
    public init(
        address: String, port: Int, maximumConnections: Int, showNames: Bool, language: KioskLanguage? = nil,
        board: StatusBoard
    ) throws(StatusError) {
        guard let socketAddress = SocketAddress(address, port: port) else { throw .badAddress(address) }
        let feed: DoorFeed
        do throws(ThreadError) { feed = try DoorFeed(board: board) } catch { throw .noFeed(error) }
        let endpoint = Unmanaged.passRetained(
            StatusEndpoint(
                board: board, showNames: showNames,
                kiosk: KioskAnswer(language: language, board: board, feed: feed)))
        let limits = cmhd_limits(
            connections: UInt32(clamping: maximumConnections), idle_seconds: Self.idleSeconds,
            connection_bytes: Self.connectionBytes, streams: UInt32(KioskAnswer.mostListeners))
        var code: Int32 = 0
        let server = socketAddress.withPointer { pointer, length in
            cmhd_start(pointer, length, limits, answer, endpoint.toOpaque(), &code)
        }
        guard let server else {
            endpoint.release()
            throw code == EADDRINUSE
                ? .addressInUse(address: address, port: port) : .notBound(address: address, port: port, code: code)
        }
        do throws(ThreadError) {
            feed.attach(server)
            feeding = try WorkerThread(name: "door feed", stackSize: 256 << 10) { feed.run() }
        } catch {
            cmhd_stop(server)
            endpoint.release()
            throw .noFeed(error)
        }
        self.feed = feed
        self.address = address
        self.port = Int(cmhd_port(server))
        self.server = server
        self.endpoint = endpoint
    }

    deinit {
        feed.stop()
        feeding.join()
        cmhd_stop(server)
        endpoint.release()
    }
}

/// What the server's thread needs of the daemon.
private final class StatusEndpoint: Sendable {
    let board: StatusBoard
    let showNames: Bool
    let kiosk: KioskAnswer

    init(board: StatusBoard, showNames: Bool, kiosk: KioskAnswer) {
        self.board = board
        self.showNames = showNames
        self.kiosk = kiosk
    }
}

private let textType: StaticString = "text/plain; charset=utf-8"
private let jsonType: StaticString = "application/json"
private let metricsType: StaticString = "text/plain; version=0.0.4; charset=utf-8"
private let htmlType: StaticString = "text/html; charset=utf-8"
private let styleType: StaticString = "text/css; charset=utf-8"
private let scriptType: StaticString = "text/javascript; charset=utf-8"
private let iconType: StaticString = "image/svg+xml"
private let eventsType: StaticString = "text/event-stream"
private let allowed: StaticString = "GET, HEAD"
private let retryAfter: StaticString = "5"

/// Called by the C server for each request; the context is retained as long as the server lives.
private func answer(
    _ context: UnsafeMutableRawPointer?, _ request: UnsafePointer<cmhd_request>?
) -> cmhd_reply {
    guard let context, let request = request?.pointee else { return cmhd_reply() }
    let endpoint = Unmanaged<StatusEndpoint>.fromOpaque(context).takeUnretainedValue()
    let answer = StatusAnswer.to(
        StatusRequest(
            method: String(cString: request.method), path: String(cString: request.path),
            host: request.host.map { String(cString: $0) }, language: request.language.map { String(cString: $0) },
            streams: Int(request.streams)),
        board: endpoint.board, showNames: endpoint.showNames, kiosk: endpoint.kiosk)

    var reply = cmhd_reply()
    reply.status = answer.status
    reply.content_type = characters(of: answer.contentType.text)
    reply.policy = characters(of: KioskPage.policy)
    reply.allow = answer.namesMethods ? characters(of: allowed) : nil
    reply.retry_after = answer.namesRetry ? characters(of: retryAfter) : nil
    reply.is_stream = answer.isStream
    reply.length = answer.body.count
    reply.body = malloc(max(1, answer.body.count))
    answer.body.withUnsafeBytes { bytes in
        if let body = reply.body, let start = bytes.baseAddress { memcpy(body, start, bytes.count) }
    }
    return reply
}

extension StatusAnswer.ContentType {
    /// As the header says it.
    fileprivate var text: StaticString {
        switch self {
        case .text: textType
        case .json: jsonType
        case .metrics: metricsType
        case .html: htmlType
        case .style: styleType
        case .script: scriptType
        case .icon: iconType
        case .events: eventsType
        }
    }
}

private func characters(of text: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}
