/// What the status endpoint answers to a request.
struct StatusAnswer: Equatable {
    var status: UInt32
    var contentType = ContentType.text
    /// Whether the answer names the methods that are allowed.
    var namesMethods = false
    /// Whether the answer says when to come again.
    var namesRetry = false
    /// Whether the body is only the beginning.
    var isStream = false
    var body: [UInt8]

    enum ContentType: Equatable {
        case text, json, metrics, html, style, script, icon, events
    }

    static let paths = ["/status", "/healthz", "/metrics"] + KioskAnswer.paths

    /// The answer to a request.
    static func to(_ request: StatusRequest, board: StatusBoard, showNames: Bool, kiosk: KioskAnswer) -> StatusAnswer {
        // A web page whose name was made to point here could otherwise read the status in its visitor's browser.
        guard let host = request.host, isNumericOrLocal(host: host) else {
            return words(403, "the header Host must be an IP address or localhost: ask by address")
        }
        guard paths.contains(request.path) else {
            return words(404, "no such page: there are " + paths.joined(separator: ", "))
        }
        guard request.method == "GET" || request.method == "HEAD" else {
            var answer = words(405, "read-only: use GET or HEAD")
            answer.namesMethods = true
            return answer
        }

        if let answer = kiosk.to(request) { return answer }
        let facts = board.current
        let snapshot = board.snapshot(of: facts, names: showNames)
        switch request.path {
        case "/status":
            guard let json = snapshot.json() else {
                return words(500, "the status cannot be written as JSON: report this as a defect")
            }
            return StatusAnswer(status: 200, contentType: .json, body: json)
        case "/metrics":
            let text = metrics(snapshot, latency: facts.latency)
            return StatusAnswer(status: 200, contentType: .metrics, body: Array(text.utf8))
        default:
            guard snapshot.problems.isEmpty else { return words(503, snapshot.problems.joined(separator: "\n")) }
            return words(200, "ok")
        }
    }

    /// An answer of one line.
    static func words(_ status: UInt32, _ line: String) -> StatusAnswer {
        StatusAnswer(status: status, body: Array((line + "\n").utf8))
    }
}
