import Capture

/// The page at the door as the status endpoint answers for it.
struct KioskAnswer: Sendable {
    static let paths = ["/", "/kiosk.css", "/kiosk.js", "/kiosk.svg", "/events"]
    /// Pages that listen at one time.
    static let mostListeners = 4

    /// The language; nil is the browser's.
    let language: KioskLanguage?
    let board: StatusBoard
    let feed: DoorFeed

    /// The answer to a reading request; nil for a path that is not the page's.
    func to(_ request: StatusRequest) -> StatusAnswer? {
        switch request.path {
        case "/":
            let view = DoorView(board.current, now: BootClock.now)
            let language = language ?? KioskLanguage(accepted: request.language)
            return file(.html, KioskPage.html(view, language: language))
        case "/kiosk.css": return file(.style, KioskPage.style)
        case "/kiosk.js": return file(.script, KioskPage.script)
        case "/kiosk.svg": return file(.icon, KioskPage.icon)
        case "/events": return events(request)
        default: return nil
        }
    }

    private func file(_ type: StatusAnswer.ContentType, _ text: String) -> StatusAnswer {
        StatusAnswer(status: 200, contentType: type, body: Array(text.utf8))
    }

    private func events(_ request: StatusRequest) -> StatusAnswer {
        guard request.method == "GET" else { return StatusAnswer(status: 200, contentType: .events, body: []) }
        guard request.streams < Self.mostListeners else {
            var answer = StatusAnswer.words(503, "\(Self.mostListeners) pages listen already: close one of them")
            answer.namesRetry = true
            return answer
        }
        return StatusAnswer(status: 200, contentType: .events, isStream: true, body: feed.welcome())
    }
}
