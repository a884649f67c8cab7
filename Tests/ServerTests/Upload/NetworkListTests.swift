import Foundation
import TestSupport
import Testing

@testable import Server

@Suite struct NetworkListTests {
    private func list(_ texts: String...) -> NetworkList { NetworkList(texts.compactMap { NetworkList.Network($0) }) }

    @Test func containsWhatBeginsWithItsBits() {
        let school = list("10.20.0.0/15", "192.0.2.7", "fd00:1::/33")
        #expect(school.networks.count == 3)
        for address in ["10.20.0.0", "10.21.255.255", "192.0.2.7", "::ffff:10.20.3.4", "fd00:1::1", "fd00:1:7fff::1"] {
            #expect(school.contains(address), "\(address)")
        }
        for address in [
            "10.19.255.255", "10.22.0.0", "192.0.2.8", "::ffff:192.0.2.8", "fd00:1:8000::", "fd00::1", "::10.20.0.0",
            "unknown", "", "10.20.0", "10.20.0.0.1", "0x0a.20.0.1",
        ] {
            #expect(!school.contains(address), "\(address)")
        }
    }

    @Test func everythingAndNothing() {
        #expect(list("0.0.0.0/0").contains("203.0.113.9") && !list("0.0.0.0/0").contains("::1"))
        #expect(list("::/0").contains("::1") && !list("::/0").contains("203.0.113.9"))
        #expect(!NetworkList().contains("127.0.0.1"))
        #expect(list("fe80::/10").contains("fe80::1%eth0"))
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "10.1.0.0/8", "fd00::/129",
        "fd00::1/64", "example.org", "10.0.0.0/ 8", "10.0.0/8",
    ]) func otherTextIsNoNetwork(text: String) {
        #expect(NetworkList.Network(text) == nil)
    }

    @Test func anOpenDoorNeedsANetwork() throws {
        let folder = try TemporaryFolder()
        func load(_ text: String) throws -> UploadConfiguration {
            try UploadConfiguration(try .load(try folder.write("server.toml", text)))
        }
        #expect(try load("") == UploadConfiguration())
        let open = try load("[upload]\nenabled = true\nnetworks = [\"10.0.0.0/8\"]\nper_address = 2")
        #expect(open.isEnabled && open.perAddress == 2 && open.networks.contains("10.9.9.9"))
        #expect(throws: (any Error).self) { try load("[upload]\nenabled = true") }
        #expect(throws: (any Error).self) { try load("[upload]\nnetworks = [\"10.1.0.0/8\"]") }
    }

    @Test func whoComesTooOftenWaitsAndDoesNotKeepOthersOut() {
        var configuration = UploadConfiguration()
        (configuration.perAddress, configuration.total) = (2, 5)
        let limits = UploadLimits(configuration)
        let now = ContinuousClock.now
        let waits = (0..<20).map { _ in limits.wait(network: "10.0.0.1", now: now) != nil }
        #expect(waits == [false, false] + Array(repeating: true, count: 18))
        let others = (2...5).map { limits.wait(network: "10.0.0.\($0)", now: now) != nil }
        #expect(others == [false, false, false, true], "all together have a limit too")
        #expect(limits.wait(network: "10.0.0.1", now: now + .seconds(61)) == nil)
    }
}
