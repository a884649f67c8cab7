import Testing

@testable import Terminal

@Suite struct DaemonCheckTests {
    @Test func aDaemonThatDoesNotRunFailsWithTheCommandsToLookWith() {
        let finding = DaemonCheck(answer: .failure(.notRunning(url: "http://127.0.0.1:8470/status"))).finding
        #expect(finding.verdict == .failed)
        #expect(finding.nextStep?.contains("systemctl status rollcalld") == true)
        #expect(finding.nextStep?.contains("journalctl -u rollcalld") == true)
    }

    @Test func aHealthyDaemonIsFine() {
        #expect(DaemonCheck(answer: .success(healthyStatus())).finding.verdict == .ok)
    }

    @Test func whatTheDaemonComplainsOfIsSaid() {
        var status = healthyStatus()
        status.problems = ["camera lost: no frame from /dev/video0 for 5 s", "sync makes no progress"]
        let finding = DaemonCheck(answer: .success(status)).finding
        #expect(finding.verdict == .failed)
        #expect(finding.found.contains("no frame from /dev/video0 for 5 s; sync makes no progress"))
    }

    @Test func anOldDaemonAfterAnUpdateIsAWarning() {
        let finding = DaemonCheck(answer: .success(healthyStatus()), version: "9.9.9").finding
        #expect(finding.verdict == .warning)
        #expect(finding.nextStep?.contains("systemctl restart rollcalld") == true)
    }
}

@Suite struct OutboxCheckTests {
    private func outbox(_ change: (inout OutboxStatus) -> Void) -> Finding {
        var outbox = OutboxStatus()
        change(&outbox)
        return OutboxCheck(outbox: outbox).finding
    }

    @Test func marksThatHaveJustBeenMadeMayWait() {
        #expect(outbox { _ in }.verdict == .ok)
        let waiting = outbox {
            $0.depth = 40
            $0.oldestSeconds = 900
        }
        #expect(waiting.verdict == .ok)
        #expect(waiting.found.contains("40 marks"))
    }

    @Test func marksThatWaitLongAreAWarning() {
        let finding = outbox {
            $0.depth = 2
            $0.oldestSeconds = 901
        }
        #expect(finding.verdict == .warning)
        #expect(finding.found.contains("15 min 1 s"))
    }

    @Test func anAlarmComesBeforeRejectedMarks() {
        let finding = outbox {
            $0.alarm = "disk full"
            $0.rejected = 3
        }
        #expect(finding.verdict == .failed)
        #expect(finding.found == "disk full")
        #expect(outbox { $0.rejected = 3 }.verdict == .warning)
    }
}
