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

    @Test func aRefusedCertificateHasItsOwnNextStep() {
        let issuer = check(.refusedCertificate(.unknownIssuer))
        #expect(issuer.found.hasSuffix("its issuer is unknown"))
        #expect(issuer.nextStep?.contains("server.ca_file") == true)
        #expect(check(.refusedCertificate(.wrongName)).nextStep?.contains("server.url") == true)
        #expect(check(.refusedCertificate(.notYetValid(clock: "1970"))).nextStep?.contains("set the clock") == true)
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

    @Test func anUnknownTokenIsRenewed() {
        let finding = TokenCheck(answer: .refused(.unauthorised(nil)), daemon: nil).finding
        #expect(finding.nextStep?.contains("rollcall-server terminal renew NAME") == true)
        #expect(SyncError.unauthorised(nil).description.contains("rollcall-server terminal renew"))
    }

    @Test func aTokenThatIsHiddenFromUsIsFineWhenTheDaemonsWorks() {
        #expect(verdict(.unreadable("Permission denied")) == .warning)
        #expect(verdict(.unreadable("Permission denied"), daemon: .failing) == .warning)
        #expect(verdict(.unreadable("Permission denied"), daemon: .ok) == .ok)
    }
}
