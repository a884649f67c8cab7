import Foundation

/// A page at the door that only listens: it reads what `/events` sends, from a connection of its own.
final class EventListener {
    /// An event as it came.
    struct Event {
        var name: String
        var data: [String: Any]
        /// The line of JSON.
        var text: String
    }

    private let descriptor: Int32
    private var received: [UInt8] = []
    private var read = 0

    /// Asks for events; nil when nobody listens on the port.
    /// - Parameter room: bytes that the kernel keeps for a listener that does not read; nil for the usual.
    init?(port: Int, room: Int32? = nil) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        if var room { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size)) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { return nil }
        let request = Array("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".utf8)
        _ = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
    }

    deinit { close(descriptor) }

    /// Everything that has come so far, headers and chunks included.
    var text: String { String(decoding: received, as: UTF8.self) }

    /// The status and the headers, once they are there.
    func head(within seconds: Double = 10) -> String? {
        let deadline = Date.now + seconds
        while Date.now < deadline {
            if let end = text.range(of: "\r\n\r\n") { return String(text[..<end.lowerBound]) }
            guard receive(until: deadline) else { return nil }
        }
        return nil
    }

    /// The next event of that name; others on the way are passed over. Nil when none comes in time, or the connection ends.
    func next(_ name: String, within seconds: Double) -> Event? {
        let deadline = Date.now + seconds
        while true {
            while let event = takeEvent() {
                if event.name == name { return event }
            }
            guard Date.now < deadline, receive(until: deadline) else { return nil }
        }
    }

    /// All events that come within a time.
    func all(within seconds: Double) -> [Event] {
        let deadline = Date.now + seconds
        while Date.now < deadline, receive(until: deadline) {}
        var events: [Event] = []
        while let event = takeEvent() { events.append(event) }
        return events
    }

    /// Whether the server ends the connection within a time; what comes before is read.
    func ends(within seconds: Double) -> Bool {
        let deadline = Date.now + seconds
        while Date.now < deadline {
            if !receive(until: deadline) { return Date.now < deadline }
        }
        return false
    }

    /// False at the end of the connection, and when the time is over.
    private func receive(until deadline: Date) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let left = max(0, deadline.timeIntervalSinceNow * 1000)
        guard poll(&entry, 1, Int32(left.rounded(.up))) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return false }
        received += bytes[..<count]
        return true
    }

    /// Events lie within one chunk each, or in several: only whole lines count, and lines of chunk sizes are none of them.
    private func takeEvent() -> Event? {
        let rest = String(decoding: received[read...], as: UTF8.self)
        guard let start = rest.range(of: "event: "),
            let middle = rest.range(of: "\ndata: ", range: start.upperBound..<rest.endIndex),
            let end = rest.range(of: "\n\n", range: middle.upperBound..<rest.endIndex)
        else { return nil }
        read += rest[..<end.upperBound].utf8.count
        let json = String(rest[middle.upperBound..<end.lowerBound])
        let data = (try? JSONSerialization.jsonObject(with: Data(json.utf8))) as? [String: Any] ?? [:]
        return Event(name: String(rest[start.upperBound..<middle.lowerBound]), data: data, text: json)
    }
}
