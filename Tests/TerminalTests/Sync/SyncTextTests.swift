import SyncProtocol
import Systemd
import Testing

@testable import Terminal

struct SyncTextTests {
    @Test(arguments: [
        ("https://school.example", "https://school.example"), ("https://school.example/", "https://school.example"),
        ("https://10.0.0.2:8443/rollcall//", "https://10.0.0.2:8443/rollcall"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ])
    func addresses(text: String, expected: String) throws {
        #expect(try ServerAddress(text).text == expected)
    }

    @Test(arguments: [
        "", "school.example", "http://school.example", "ftp://school.example", "file:///etc/passwd", "https://",
        "https://user:secret@school.example", "https://school.example?x=1", "https://school.example#x",
        "https://school example", "https://school.example:99999",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        let error = #expect(throws: SyncError.self) { _ = try ServerAddress(text) }
        #expect(error?.kind == "bad_address")
        #expect(error?.description.contains("secret") == false, "a password is not repeated")
    }

    @Test func tokensAreTrimmedAndNeverShown() throws {
        let token = try BearerToken(Redacted(" \tabc-DEF.123_~+/=\r\n"))
        #expect(token.value.reveal() == "abc-DEF.123_~+/=")
        var dumped = ""
        dump(token, to: &dumped)
        for text in ["\(token)", String(reflecting: token), dumped] { #expect(!text.contains("abc")) }
    }

    @Test(arguments: ["", "   ", "a b", "a\r\nX-Evil: 1", "tökén", String(repeating: "a", count: 513), "a\u{0}b"])
    func whatIsNoTokenIsRefused(text: String) {
        #expect(throws: SyncError.badToken) { _ = try BearerToken(Redacted(text)) }
    }

    @Test func foreignTextBecomesOneLine() {
        #expect(ForeignText.clean("  a\r\n\tb\u{1B}[31m\u{202E}c \u{0} ") == "a b [31m c")
        #expect(ForeignText.clean("aaaa", limit: 4) == "aaaa")
        #expect(ForeignText.clean("aaaaa", limit: 4) == "aaaa…")
        #expect(ForeignText.clean(bytes: [0xFF, 0x41, 0xC0]) == "\u{FFFD}A\u{FFFD}")
        #expect(ForeignText.clean(String(repeating: "\u{200B}", count: 10_000)) == "")
    }

    @Test func everyErrorIsOneLineWithItsNextStep() {
        let errors: [SyncError] = [
            .badAddress("x", "y"), .badToken, .notReachable("x"), .timedOut("x"), .certificate(.unknownIssuer),
            .certificate(.wrongName), .certificate(.expired(clock: "x")), .certificate(.notYetValid(clock: "x")),
            .certificate(.authorityFile(path: "x", reason: "y")), .certificate(.other("x")), .noTLS("x"),
            .unauthorised("x"),
            .forbidden("x"), .notFound(nil), .gone(nil), .refused(418, nil), .tooManyRequests(retryAfter: nil, nil),
            .serverError(500, retryAfter: nil, nil), .redirected(301, to: nil), .tooLarge("x"), .badReply("x"),
            .badMessage(.tooNested(message: "x", limit: 1)), .cancelled,
        ]
        for error in errors {
            let text = error.description
            #expect(text.contains(";") && !text.contains("\n") && text.count > 30, "\(text)")
        }
        #expect(Set(errors.map(\.kind)).count == errors.count - 5)
    }
}
