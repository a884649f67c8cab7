import TestSupport
import Testing

@testable import Terminal

struct BackoffTests {
    @Test func ceilingDoublesFromOneSecondToFiveMinutes() {
        var backoff = Backoff()
        var random = SplitMix(seed: 1)
        #expect(backoff.ceiling == .zero)
        for expected in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            _ = backoff.failed(random: &random)
            #expect(backoff.ceiling == .seconds(expected))
        }
    }

    @Test func ceilingHoldsForEver() {
        var backoff = Backoff()
        var random = SplitMix(seed: 2)
        for _ in 0..<100_000 { _ = backoff.failed(random: &random) }
        #expect(backoff.failures == 100_000)
        #expect(backoff.ceiling == .seconds(300))
    }

    @Test func theLeastCeilingHoldsFromTheFirstFailureAndBelowTheCap() {
        var backoff = Backoff()
        var random = SplitMix(seed: 7)
        backoff.leastCeiling = .seconds(100)
        #expect(backoff.ceiling == .zero)
        for expected in [100, 100, 100, 100, 100, 100, 100, 128, 256, 300] {
            _ = backoff.failed(random: &random)
            #expect(backoff.ceiling == .seconds(expected))
        }
        backoff.leastCeiling = .seconds(900)
        #expect(backoff.ceiling == .seconds(300))
    }

    @Test(arguments: 0..<50)
    func everyWaitIsWithinItsCeiling(seed: Int) {
        var backoff = Backoff()
        var random = SplitMix(seed: UInt64(seed))
        for _ in 0..<200 {
            let wait = backoff.failed(random: &random)
            #expect(wait >= .zero && wait <= backoff.ceiling)
        }
    }

    /// Full jitter: every tenth of the range is hit about as often as any other.
    @Test(arguments: [1, 5, 12])
    func jitterCoversTheWholeRange(failures: Int) {
        var random = SplitMix(seed: UInt64(failures))
        var tenths = [Int](repeating: 0, count: 10)
        for _ in 0..<10_000 {
            var backoff = Backoff()
            var wait = Duration.zero
            for _ in 0..<failures { wait = backoff.failed(random: &random) }
            tenths[min(9, Int(wait / backoff.ceiling * 10))] += 1
        }
        // A fair tenth has 1000 with a standard deviation of 30.
        #expect(tenths.allSatisfy { 850...1150 ~= $0 }, "\(tenths)")
    }

    @Test func successResets() {
        var backoff = Backoff()
        var random = SplitMix(seed: 3)
        for _ in 0..<9 { _ = backoff.failed(random: &random) }
        backoff.succeeded()
        #expect(backoff == Backoff())
        #expect(backoff.failed(random: &random) <= .seconds(1))
    }

    @Test func retryAfterIsTheLeastWaitAndJitterComesOnTop() {
        var random = SplitMix(seed: 4)
        var waits: Set<Duration> = []
        for _ in 0..<100 {
            var backoff = Backoff()
            let wait = backoff.failed(retryAfter: .seconds(7), random: &random)
            #expect(wait >= .seconds(7) && wait <= .seconds(8))
            waits.insert(wait)
        }
        #expect(waits.count > 50)
    }

    @Test func retryAfterIsCappedAtOneHour() {
        var backoff = Backoff()
        var random = SplitMix(seed: 5)
        let wait = backoff.failed(retryAfter: .seconds(999_999_999), random: &random)
        #expect(wait >= .seconds(3600) && wait <= .seconds(3601))
    }

    @Test func retryAfterThatIsNoWaitCountsAsNone() {
        var backoff = Backoff()
        var random = SplitMix(seed: 6)
        #expect(backoff.failed(retryAfter: .seconds(-5), random: &random) <= .seconds(1))
    }
}

struct RetryAfterTests {
    private let date = "Sun, 06 Nov 1994 08:49:37 GMT"

    @Test(arguments: [("7", 7), ("0120", 120), ("999999999", 999_999_999)])
    func seconds(value: String, expected: Int) {
        #expect(RetryAfter.wait(value, date: nil) == .seconds(expected))
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:50:07 GMT", "Sunday, 06-Nov-94 08:50:07 GMT", "Sun Nov  6 08:50:07 1994",
    ])
    func datesInAllThreeForms(value: String) {
        #expect(RetryAfter.wait(value, date: date) == .seconds(30))
    }

    @Test(arguments: [
        "", " ", "0", "-1", "+5", "1.5", "1e9", "0x10", "99999999999999999999999999", "٣", "seven", "NaN", "7 seconds",
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sat, 05 Nov 1994 08:49:37 GMT", "Sun, 99 Foo 9999 99:99:99 GMT",
    ])
    func anythingElseIsIgnored(value: String) {
        #expect(RetryAfter.wait(value, date: date) == nil)
    }

    @Test func aDateCountsFromTheServersOwnDateOnly() {
        #expect(RetryAfter.wait("Sun, 06 Nov 1994 08:50:07 GMT", date: nil) == nil)
        #expect(RetryAfter.wait("Sun, 06 Nov 1994 08:50:07 GMT", date: "yesterday") == nil)
    }
}
