import Testing

@testable import Terminal

@Suite struct ServerCheckTests {
    private func check(_ answer: ServerCheck.Answer) -> Finding {
        ServerCheck(url: "https://rollcall.example:8443", answer: answer).finding
    }

    @Test func onlyAWellServerIsFine() {
        #expect(check(.replied(status: 200, address: "10.0.0.1")).verdict == .ok)
        #expect(check(.replied(status: 503, address: "10.0.0.1")).verdict == .warning)
        #expect(check(.replied(status: 404, address: "10.0.0.1")).verdict == .failed)
    }

    @Test(arguments: [
        ServerCheck.Answer.unknownName, .notConnected("Connection refused"), .timedOut("Connection timed out"),
        .refusedCertificate(.unknownIssuer), .noTLS("wrong version number"), .other("odd"),
    ])
    func everythingElseFailsWithANextStep(answer: ServerCheck.Answer) {
        let finding = check(answer)
        #expect(finding.verdict == .failed)
        #expect(finding.found.contains("https://rollcall.example:8443"))
        #expect(finding.nextStep?.isEmpty == false)
        #expect(!ServerCheck(url: "", answer: answer).isTrusted)
    }
}

@Suite struct TokenCheckTests {
    private func verdict(_ answer: TokenCheck.Answer, daemon: SyncStatus.State? = nil) -> Verdict {
        TokenCheck(answer: answer, daemon: daemon).finding.verdict
    }

    @Test func theServersWordCounts() {
        #expect(verdict(.accepted) == .ok)
        #expect(verdict(.refused(.unauthorised(nil))) == .failed)
        #expect(verdict(.refused(.gone(nil))) == .failed)
        #expect(verdict(.refused(.timedOut("slow"))) == .failed)
        #expect(verdict(.notAsked) == .warning)
    }

    @Test func aTokenThatIsHiddenFromUsIsFineWhenTheDaemonsWorks() {
        #expect(verdict(.unreadable("Permission denied")) == .warning)
        #expect(verdict(.unreadable("Permission denied"), daemon: .failing) == .warning)
        #expect(verdict(.unreadable("Permission denied"), daemon: .ok) == .ok)
    }
}
