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

    @Test mutating func aFailureIsTakenBack() {
        for _ in 0..<5 {
            #expect(windows.record(address: "a", now: start) == .counted)
            windows.takeBack(address: "a")
        }
        windows.takeBack(address: "a")
        windows.takeBack(address: "b")
        #expect(windows.record(address: "a", now: start) == .counted)
        #expect(windows.record(address: "a", now: start) == .counted)
        #expect(windows.wait(address: "a", now: start) == 60)
    }

    /// Whoever has many addresses does not wipe out what is known of one of them.
    @Test mutating func whoIsRefusedStaysRefusedAmongManyOthers() {
        for _ in 0..<3 { _ = windows.record(address: "a", now: start) }
        for index in 0..<1000 {
            _ = windows.record(address: "\(index)", now: start)
            #expect(windows.wait(address: "a", now: start) == 60)
        }
    }

    @Test mutating func isBoundedAgainstManyAddresses() {
        for index in 0..<1000 { #expect(windows.record(address: "\(index)", now: start) == .counted) }
        #expect(windows.count <= 3)
    }
}
