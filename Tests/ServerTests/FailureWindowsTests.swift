import Testing

@testable import Server

@Suite struct FailureWindowsTests {
    private let start = ContinuousClock.now
    private var windows = FailureWindows(limits: .init(failures: 2, window: .seconds(60), addresses: 3))

    @Test mutating func countsPerAddressAndForgetsAfterTheWindow() {
        #expect(windows.record(address: "a", now: start) == .counted)
        #expect(windows.record(address: "a", now: start) == .counted)
        #expect(windows.record(address: "a", now: start + .seconds(10)) == .tooMany(retryAfter: 50, first: true))
        #expect(windows.record(address: "a", now: start + .seconds(59)) == .tooMany(retryAfter: 1, first: false))
        #expect(windows.record(address: "b", now: start + .seconds(59)) == .counted)
        #expect(windows.record(address: "a", now: start + .seconds(60)) == .counted)
    }

    @Test mutating func isBoundedAgainstManyAddresses() {
        for index in 0..<1000 { #expect(windows.record(address: "\(index)", now: start) == .counted) }
        #expect(windows.count <= 3)
    }
}
