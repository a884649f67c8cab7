import FoundationEssentials

/// Server-sent events as they go over the wire (WHATWG HTML, section 9.2): one line of JSON each, without an id, so that
/// nothing is asked for again after a lost connection.
enum DoorEvent {
    private struct ViewBody: Encodable {
        var message: String
        var tone: String
        var offline: Bool
        var place: PlaceBody?
        /// Milliseconds of the boot clock when it was sent.
        var sent: Int64
    }

    private struct PlaceBody: Encodable {
        var x: Double
        var y: Double
        var size: Double
        var fit: String
    }

    private struct GreetingBody: Encodable {
        var kind: String
        var salute: String
        var time: String?
        var status: String?
        var name: String?
        /// Milliseconds for which it may be shown.
        var show: Int64
        var sent: Int64
    }

    /// The state of the door.
    static func view(_ view: DoorView, now: Duration) -> [UInt8] {
        let place = view.place.map {
            PlaceBody(x: hundredths($0.x), y: hundredths($0.y), size: hundredths($0.size), fit: $0.fit.rawValue)
        }
        return event(
            "door",
            ViewBody(
                message: view.message.rawValue, tone: view.message.tone.rawValue, offline: view.isOffline,
                place: place, sent: now.wholeMilliseconds))
    }

    /// A greeting, to be shown for what is left of its time.
    static func greeting(_ sent: DoorFacts.Sent, now: Duration) -> [UInt8] {
        let greeting = sent.greeting
        return event(
            "greeting",
            GreetingBody(
                kind: greeting.kind.rawValue, salute: greeting.salute.rawValue, time: greeting.time,
                status: greeting.status?.rawValue, name: greeting.firstName,
                show: max(0, (Greeting.shown - (now - sent.at)).wholeMilliseconds), sent: now.wholeMilliseconds))
    }

    /// How soon a browser tries again, and a comment, which keeps whatever lies between from giving up the connection.
    static let opening = Array("retry: 1000\n\n".utf8)
    static let heartbeat = Array(": beat\n\n".utf8)

    private static func event(_ name: String, _ body: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        // Only numbers that are not finite cannot be written, and there are none.
        guard let json = try? encoder.encode(body) else { return [] }
        return Array("event: \(name)\ndata: ".utf8) + Array(json) + Array("\n\n".utf8)
    }

    private static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
