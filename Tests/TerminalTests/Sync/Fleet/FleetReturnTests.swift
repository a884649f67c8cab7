import TestSupport
import Testing

@testable import Terminal

/// A thousand terminals share one server, which goes and comes back.
///
/// The rate of requests is taken over five seconds: half as long as a terminal waits for a connection, so that a server
/// which keeps up with twice the mean lets nobody down. The 167 requests of five healthy seconds vary by 13 (one standard
/// deviation), so twice their number is no chance; one second alone has 33 and varies by 6.
struct FleetReturnTests {
    private static let quiet = healthyFleet(marksEvery: nil)
    private static let rush = healthyFleet(marksEvery: .seconds(60))
    private static let afterADay = fleetAfterADay()

    @Test("After a day without a server that works every mark arrives, without a rush", arguments: ServerMood.bad)
    func day(lastHour mood: ServerMood) throws {
        var fleet = Self.afterADay
        fleet.live(for: .seconds(3600), mood: mood)
        #expect(fleet.terminals.allSatisfy { $0.waiting >= 30 })
        try check(&fleet, mood)
    }

    /// The worst is a failure of 30 to 50 seconds: many terminals have met it, and each has only just begun to wait.
    @Test("After a short failure too", arguments: ServerMood.bad, [30, 45, 60, 600])
    func shortFailure(mood: ServerMood, seconds: Int) throws {
        for healthy in [Self.quiet, Self.rush] {
            var fleet = healthy
            fleet.live(for: .seconds(seconds), mood: mood)
            try check(&fleet, mood)
        }
    }

    @Test("Terminals that start in the same second are out of step five minutes later")
    func commonStart() {
        var fleet = SimulatedFleet((0..<1000).map { SimulatedTerminal(seed: $0, start: .zero, marks: []) })
        fleet.live(for: .seconds(900), mood: .well)
        let peak = fleet.peak(of: 5, from: .seconds(300), to: fleet.now)
        let mean = fleet.rate(from: .seconds(300), to: fleet.now)
        #expect(peak <= 2 * mean, "\(peak) and \(mean) requests a second")
    }

    /// The server is well again: what waits arrives in time, once, and the rate stays below twice that of the healthy fleet
    /// and below twice the mean of the return, which is over when the longest wait is.
    private func check(_ fleet: inout SimulatedFleet, _ mood: ServerMood) throws {
        let back = fleet.now
        let settled = back + mood.longestWait + .seconds(60)
        fleet.live(for: .seconds(780), mood: .well)
        let healthy = fleet.rate(from: settled, to: fleet.now)
        let mean = fleet.rate(from: back, to: back + mood.longestWait)
        let peak = fleet.peak(of: 5, from: back, to: fleet.now)
        #expect(peak <= 2 * healthy, "\(peak) and \(healthy) requests a second")
        #expect(peak <= 2 * mean, "\(peak) and \(mean) requests a second")
        let last = try #require(fleet.delivered(marksBefore: back), "a mark has not arrived")
        #expect(last < back + mood.longestWait + mood.answer(at: .zero, back: .zero).after + .seconds(1))
        #expect(fleet.terminals.allSatisfy { $0.stored == $0.acknowledged && $0.waiting <= 1 })
    }

    /// Ten minutes of health after starts within a minute.
    private static func healthyFleet(marksEvery pause: Duration?) -> SimulatedFleet {
        var numbers = SplitMix(seed: 1)
        var fleet = SimulatedFleet(
            (0..<1000).map { index in
                let marks = pause.map { pause in
                    (0..<50).map { pause * (Double($0) + Double.random(in: 0..<1, using: &numbers)) }
                }
                return SimulatedTerminal(
                    seed: index, start: .seconds(Double.random(in: 0..<60, using: &numbers)), marks: marks ?? [])
            })
        fleet.live(for: .seconds(600), mood: .well)
        return fleet
    }

    /// From ten minutes before a school's morning rush to the next day's; after the first ten minutes the server is bad in
    /// one way after the other, for up to an hour and a half each.
    private static func fleetAfterADay() -> SimulatedFleet {
        var numbers = SplitMix(seed: 2)
        let hour = 3600.0
        var fleet = SimulatedFleet(
            (0..<1000).map { index in
                // Thirty people in the hour of the morning, ten after noon, thirty the next morning.
                let hours = [(30, 600.0), (10, 600 + 5 * hour), (30, 600 + 24 * hour)]
                let marks = hours.flatMap { count, start in
                    (0..<count).map { _ in Duration.seconds(start + Double.random(in: 0..<hour, using: &numbers)) }
                }
                return SimulatedTerminal(
                    seed: index, start: .seconds(Double.random(in: 0..<60, using: &numbers)), marks: marks.sorted())
            })
        fleet.live(for: .seconds(600), mood: .well)
        let end = Duration.seconds(600 + 23 * hour)
        while fleet.now < end {
            let moods = ServerMood.bad
            let phase = Duration.seconds(Double.random(in: 20...1.5 * hour, using: &numbers))
            fleet.live(for: min(phase, end - fleet.now), mood: moods[Int.random(in: 0..<moods.count, using: &numbers)])
        }
        return fleet
    }
}
