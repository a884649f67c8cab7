import Foundation
import Testing

@testable import Terminal

@Suite("The page at the door")
struct KioskPageTests {
    @Test func isServedWithAllItNeedsAndNothingFromElsewhere() throws {
        let server = try statusServer(healthyBoard())
        let page = try #require(statusRequest("/", port: server.port))
        #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
        let used = page.body.matches(of: /(?:href|src)="([^"]+)"/).map { String($0.output.1) }
        #expect(Set(used) == ["/kiosk.css", "/kiosk.js", "/kiosk.svg"])
        var size = page.body.utf8.count
        for (path, type) in [
            ("/kiosk.css", "text/css; charset=utf-8"), ("/kiosk.js", "text/javascript; charset=utf-8"),
            ("/kiosk.svg", "image/svg+xml"),
        ] {
            let file = try #require(statusRequest(path, port: server.port))
            #expect(file.status == 200 && file.headers["content-type"] == type && !file.body.contains("url("))
            size += file.body.utf8.count
        }
        #expect(size < 100_000)
    }

    @Test(arguments: ["/", "/kiosk.css", "/kiosk.js", "/kiosk.svg", "/status", "/nowhere"])
    func theHeadersAreStrict(_ path: String) throws {
        let server = try statusServer(healthyBoard())
        let answer = try #require(statusRequest(path, port: server.port))
        #expect(
            answer.headers["content-security-policy"]
                == "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        #expect(answer.headers["x-content-type-options"] == "nosniff")
        #expect(answer.headers["referrer-policy"] == "no-referrer")
        #expect(answer.headers["cache-control"] == "no-store")
    }

    @Test func hasNoInlineScriptOrStyle() throws {
        let server = try statusServer(healthyBoard())
        let body = try #require(statusRequest("/", port: server.port)).body
        #expect(!body.contains("<style") && !body.contains("style=") && !body.contains("javascript:"))
        #expect(body.matches(of: /<script[^>]*>/).map { String($0.output) } == ["<script src=\"/kiosk.js\" defer>"])
        #expect(body.firstMatch(of: /\son[a-z]+=/) == nil)
    }

    @Test func saysHowTheDoorIsWithoutAScript() throws {
        let board = try healthyBoard()
        let server = try statusServer(board)
        func body() throws -> String { try #require(statusRequest("/", port: server.port)).body }
        #expect(try body().contains("<span id=\"title\">Look at the camera</span>"))
        #expect(try body().contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"))
        #expect(try body().contains("role=\"status\" hidden>No network."))
        board.update { $0.sync.state = .failing }
        #expect(try body().contains("role=\"status\">No network."))
        board.update { $0.camera.state = .lost }
        #expect(try body().contains("<span id=\"title\">The camera does not work</span>"))
        #expect(try body().contains("role=\"status\" hidden>No network."), "nothing is kept while nobody is marked")
    }

    @Test func speaksTheBrowsersLanguageOrTheConfiguredOne() throws {
        func title(_ configured: KioskLanguage?, _ header: String?) throws -> String? {
            let board = try healthyBoard()
            let kiosk = KioskAnswer(language: configured, board: board, feed: try DoorFeed(board: board))
            let answer = kiosk.to(StatusRequest(method: "GET", path: "/", host: "localhost", language: header))
            let body = String(decoding: try #require(answer).body, as: UTF8.self)
            return body.firstMatch(of: /<html lang="(..)">/).map { String($0.output.1) }
        }
        #expect(try title(nil, nil) == "en" && title(nil, "") == "en" && title(nil, "fr-FR, *;q=0.1") == "en")
        #expect(try title(nil, "de") == "de" && title(nil, "de-AT,en;q=0.5") == "de" && title(nil, "DE") == "de")
        #expect(try title(nil, "en;q=0.4, de;q=0.7") == "de" && title(nil, "fr, en, de") == "en")
        #expect(try title(nil, "de;q=0, en;q=0.1") == "en" && title(nil, "de;q=x") == "en")
        #expect(try title(.german, "en") == "de" && title(.english, "de") == "en")
    }

    @Test func aHeaderOverTheSocketChoosesTheLanguage() throws {
        let server = try statusServer(healthyBoard())
        let german = try #require(
            statusRequest("/", host: "localhost\r\nAccept-Language: de-DE,de;q=0.9,en;q=0.8", port: server.port))
        #expect(german.body.contains("Schau in die Kamera"))
    }

    @Test func textIsEscaped() {
        #expect(escapedForHTML("<a href=\"x\">'&'</a>") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;")
        #expect(escapedForHTML("Größe 1\u{301}") == "Größe 1\u{301}")
    }
}
