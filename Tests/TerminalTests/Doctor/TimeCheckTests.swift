import Attendance
import Capture
import TestSupport
import Testing

@testable import Terminal

@Suite struct ClockCheckTests {
    private func check(
        synchronised: Bool, ahead: Int64? = nil, trustsServer: Bool = true, daemon: ClockTrust? = nil
    ) -> Finding {
        let reading = ClockReading(bootTime: 1, wall: noon, isSynchronised: synchronised)
        return ClockCheck(reading: reading, serverAhead: ahead, trustsServer: trustsServer, daemon: daemon).finding
    }

    @Test func aSynchronisedClockIsFine() {
        #expect(check(synchronised: true).verdict == .ok)
        #expect(check(synchronised: true, ahead: 5000, daemon: .synchronised).verdict == .ok)
        #expect(check(synchronised: true, ahead: -5000).verdict == .ok)
    }

    @Test func twoClocksThatDisagreeAreAWarning() {
        let behind = check(synchronised: true, ahead: 5001)
        #expect(behind.verdict == .warning)
        #expect(behind.found.contains("5 s behind the server's"))
        #expect(check(synchronised: true, ahead: -3_600_000).found.contains("1 h 0 min ahead of the server's"))
    }

    @Test func withoutNTPTheServersTimeServes() {
        #expect(check(synchronised: false, ahead: 20).verdict == .warning)
        #expect(check(synchronised: false, ahead: 86_400_000).verdict == .warning)
    }

    @Test func withoutNTPAndServerTheClockFails() {
        #expect(check(synchronised: false).verdict == .failed)
        #expect(check(synchronised: false, ahead: 20, trustsServer: false).verdict == .failed)
        #expect(check(synchronised: false).nextStep?.contains("timedatectl set-ntp true") == true)
    }

    @Test func aDaemonThatMayNotAskTheKernelIsNoticed() {
        let finding = check(synchronised: true, daemon: .unknown)
        #expect(finding.verdict == .warning)
        #expect(finding.found.contains("unknown"))
    }
}

@Suite struct ClockReadingTests {
    @Test func theClocksOfThisMachineAreRead() {
        let before = BootClock.now
        let reading = ClockReading.now
        let after = BootClock.now
        #expect(before.nanoseconds <= reading.bootTime && reading.bootTime <= after.nanoseconds)
        #expect(reading.uncertainty >= 0)
        #expect(Instant.valid ~= reading.wall)
    }
}

@Suite struct TimeZoneCheckTests {
    @Test func theRulesOfThisMachineAreRead() throws {
        let finding = TimeZoneCheck(zone: "Europe/Berlin", now: noon).finding
        #expect(finding.verdict == .ok)
        #expect(finding.found == "Europe/Berlin: it is 2026-11-22 13:00:00 there")
    }

    @Test func aZoneWithoutRulesFails() {
        let finding = TimeZoneCheck(zone: "Europe/Atlantis", now: noon).finding
        #expect(finding.verdict == .failed)
        #expect(finding.nextStep?.contains("tzdata") == true)
    }

    @Test func damagedRulesFail() throws {
        let folder = try TemporaryFolder()
        try folder.write("Broken", "TZif2 and no more")
        #expect(TimeZoneCheck(zone: "Broken", now: noon, folder: folder.path + "/").finding.verdict == .failed)
    }
}

@Suite struct CertificateCheckTests {
    private func certificate(from: Int64 = -86_400, until: Int64, subject: String = "CN=rollcall.example")
        -> ServerCertificate
    {
        ServerCertificate(
            subject: subject, issuer: "CN=School", validFrom: noon.seconds + from, validUntil: noon.seconds + until)
    }

    private func check(_ chain: ServerCertificate...) -> Finding { CertificateCheck(chain: chain, now: noon).finding }

    @Test func theDaysLeftDecide() {
        let day: Int64 = 86_400
        #expect(check(certificate(until: 30 * day)).verdict == .ok)
        #expect(check(certificate(until: 30 * day)).found.contains("30 days left"))
        #expect(check(certificate(until: 30 * day - 1)).verdict == .warning)
        #expect(check(certificate(until: 0)).verdict == .warning)
        #expect(check(certificate(until: -1)).verdict == .failed)
    }

    @Test func theFirstToEndInTheChainCounts() {
        let finding = check(
            certificate(until: 31_536_000), certificate(until: 86_400, subject: "CN=School's intermediate"))
        #expect(finding.verdict == .warning)
        #expect(finding.found.contains("School's intermediate"))
    }

    @Test func oneThatHasNotBegunPointsToTheClock() {
        let finding = check(certificate(from: 86_400, until: 31_536_000))
        #expect(finding.verdict == .failed)
        #expect(finding.nextStep?.contains("clock") == true)
    }

    @Test func noneIsAWarning() {
        #expect(check().verdict == .warning)
    }

    @Test func theLinesOfLibcurlAreRead() {
        let read = ServerCertificate(lines: [
            "Subject:CN = rollcall.example", "Issuer:CN = School", "Version:2",
            "Start date:Nov 21 12:00:00 2026 GMT", "Expire date:Dec 22 12:00:00 2026 GMT",
        ])
        #expect(
            read
                == ServerCertificate(
                    subject: "CN = rollcall.example", issuer: "CN = School", validFrom: noon.seconds - 86_400,
                    validUntil: noon.seconds + 30 * 86_400))
        #expect(ServerCertificate(lines: ["Subject:CN = a", "Expire date:some day"]) == nil)
    }
}
