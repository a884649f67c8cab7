import Foundation
import TestSupport
import Testing

@testable import Attendance

private let second: Int64 = 1_000_000_000
private let hour: Int64 = 3600 * second

@Suite struct TrustedTimeTests {
    /// The moment at which the boot time was 0: 2026-09-01T07:00:00Z.
    private let truth: Int64 = 1_788_246_000_000
    private var time = TrustedTime(bootID: UUID())

    private func wall(_ bootTime: Int64, off milliseconds: Int64 = 0) -> Instant {
        Instant(milliseconds: truth + bootTime / 1_000_000 + milliseconds)
    }

    private mutating func read(
        _ bootTime: Int64, off milliseconds: Int64 = 0, synchronised: Bool, uncertainty: Int64 = 20
    ) {
        time.observe(
            ClockReading(
                bootTime: bootTime, wall: wall(bootTime, off: milliseconds), isSynchronised: synchronised,
                uncertainty: uncertainty))
    }

    /// How far the time told for a boot time is from the truth, and how it is known.
    private func told(_ bootTime: Int64) -> (error: Int64, clock: ClockTrust) {
        let moment = time.moment(at: bootTime)
        return (moment.at.milliseconds - wall(bootTime).milliseconds, moment.clock)
    }

    @Test func nothingIsKnownAtFirst() {
        let moment = time.moment(at: 5 * second)
        #expect(moment == TrustedMoment(at: Instant(milliseconds: 5000), clock: .unknown, uncertainty: nil))
        #expect(time.anchor(at: 5 * second) == nil)
    }

    @Test mutating func aBootIn1970IsKnownBackwardsOnceTheClockIsSynchronised() {
        time.observe(ClockReading(bootTime: 10 * second, wall: Instant(milliseconds: 9000), isSynchronised: false))
        #expect(time.moment(at: 12 * second).at == Instant(milliseconds: 11_000))
        #expect(time.moment(at: 12 * second).clock == .unknown)
        read(hour, synchronised: true)
        #expect(told(12 * second) == (0, .synchronised))
        #expect(told(hour) == (0, .synchronised))
        #expect(told(2 * hour) == (0, .synchronised))
    }

    @Test mutating func aClockThatSaysItIsSynchronisedIn1970IsNotBelieved() {
        time.observe(ClockReading(bootTime: second, wall: Instant(milliseconds: 1000), isSynchronised: true))
        #expect(time.moment(at: second).clock == .unknown)
    }

    @Test mutating func theServerServesUntilTheClockIsSynchronised() {
        let used = time.observe(server: wall(10 * second, off: 40), sentAt: 9 * second, receivedAt: 11 * second)
        #expect(used)
        #expect(told(hour) == (40, .server))
        #expect(time.moment(at: 10 * second).uncertainty == 1001)
        read(20 * second, synchronised: true)
        #expect(told(hour) == (0, .synchronised))
        #expect(time.serverAhead == 40)
        // Later answers of the server change nothing of that.
        time.observe(server: wall(hour, off: 9000), sentAt: hour, receivedAt: hour)
        #expect(told(hour) == (0, .synchronised))
        #expect(time.serverAhead == 9000)
    }

    @Test mutating func answersThatSayNothingAreNotUsed() {
        var used: Bool
        used = time.observe(server: wall(0), sentAt: 0, receivedAt: 21 * second)
        #expect(!used)
        used = time.observe(server: wall(0), sentAt: second, receivedAt: 0)
        #expect(!used)
        used = time.observe(server: Instant(milliseconds: 0), sentAt: 0, receivedAt: second)
        #expect(!used)
        used = time.observe(server: Instant(milliseconds: .max), sentAt: 0, receivedAt: second)
        #expect(!used)
        used = time.observe(server: Instant(milliseconds: .min), sentAt: .min, receivedAt: .max)
        #expect(!used)
        #expect(time.anchor(at: 0) == nil)
    }

    @Test mutating func aQuickAnswerIsKeptBeforeASlowOne() {
        time.observe(
            server: wall(10 * second, off: 3), sentAt: 10 * second - 5_000_000, receivedAt: 10 * second + 5_000_000)
        time.observe(server: wall(30 * second, off: 900), sentAt: 28 * second, receivedAt: 32 * second)
        #expect(told(40 * second) == (3, .server))
        // A server whose clock was corrected is followed, however slow its answer is.
        time.observe(server: wall(60 * second, off: 7_200_000), sentAt: 58 * second, receivedAt: 62 * second)
        #expect(told(70 * second) == (7_200_000, .server))
    }

    @Test(arguments: [7_200_000, -7_200_000] as [Int64])
    mutating func aJumpOfAClockThatIsNotSynchronisedChangesNothing(jump: Int64) {
        read(10 * second, synchronised: true)
        for round in 2..<100 { read(Int64(round) * 10 * second, off: jump, synchronised: false) }
        #expect(told(1000 * second) == (0, .synchronised))
    }

    @Test(arguments: [7_200_000, -7_200_000] as [Int64])
    mutating func aJumpOfAClockThatWasNeverSynchronisedMovesOnlyTheGuess(jump: Int64) {
        read(10 * second, synchronised: false)
        #expect(told(15 * second) == (0, .unknown))
        read(20 * second, off: jump, synchronised: false)
        #expect(told(25 * second) == (jump, .unknown))
    }

    @Test(arguments: [7_200_000, -7_200_000] as [Int64])
    mutating func aJumpOfASynchronisedClockIsBelievedAfterTwoMinutes(jump: Int64) {
        read(10 * second, synchronised: true)
        for round in 2...13 {
            read(Int64(round) * 10 * second, off: jump, synchronised: true)
            #expect(told(Int64(round) * 10 * second) == (0, .synchronised), "reading \(round)")
        }
        read(140 * second, off: jump, synchronised: true)
        #expect(told(140 * second) == (jump, .synchronised))
    }

    @Test mutating func aJumpThereAndBackIsNeverBelieved() {
        read(10 * second, synchronised: true)
        for round in 2..<200 {
            // Away for a minute, back for a reading, and unsynchronised once: each starts the probation anew.
            let isBack = round % 7 == 0
            let jump: Int64 = isBack ? 0 : 7_200_000
            read(Int64(round) * 10 * second, off: jump, synchronised: round % 14 != 7)
            #expect(told(Int64(round) * 10 * second) == (0, .synchronised))
        }
    }

    @Test(arguments: [7_200_000, -7_200_000] as [Int64])
    mutating func theServerDecidesAtOnceWhichSideOfAJumpIsTrue(jump: Int64) {
        read(10 * second, synchronised: true)
        time.observe(server: wall(15 * second, off: 200), sentAt: 14 * second, receivedAt: 16 * second)
        for round in 2..<100 { read(Int64(round) * 10 * second, off: jump, synchronised: true) }
        #expect(told(1000 * second) == (0, .synchronised), "the server says the clock was right before")

        time = TrustedTime(bootID: UUID())
        read(10 * second, off: jump, synchronised: true)
        time.observe(server: wall(15 * second, off: 200), sentAt: 14 * second, receivedAt: 16 * second)
        read(20 * second, synchronised: true)
        #expect(told(20 * second) == (0, .synchronised), "the server says the clock is right now")
    }

    @Test mutating func aSmallStepOfASynchronisedClockIsFollowedAtOnce() {
        read(10 * second, synchronised: true)
        read(20 * second, off: 1000, synchronised: true)  // A leap second, say.
        #expect(told(30 * second) == (1000, .synchronised))
    }

    @Test mutating func aTimeThatDriftedForAWeekIsUnknown() {
        read(10 * second, synchronised: true, uncertainty: 0)
        #expect(told(6 * 24 * hour).clock == .synchronised)
        #expect(told(7 * 24 * hour).clock == .unknown)
        #expect(told(7 * 24 * hour).error == 0, "the guess goes on from the last reading")
        // The server is back, but the kernel has not synchronised yet.
        let later = 8 * 24 * hour
        time.observe(server: wall(later), sentAt: later, receivedAt: later)
        #expect(told(later) == (0, .server))
        #expect(told(7 * 24 * hour) == (0, .server))
    }

    @Test mutating func aKernelThatIsUnsureIsUnknown() {
        read(10 * second, synchronised: true, uncertainty: 61_000)
        #expect(told(10 * second).clock == .unknown)
    }

    /// Any history of readings: for what is known at one moment, later boot times have later wall times.
    @Test mutating func timeNeverGoesBackAsBootTimeGoesOn() {
        var random = SplitMix(seed: 31)
        for _ in 0..<300 {
            time = TrustedTime(bootID: random.uuid())
            var now: Int64 = 0
            for _ in 0..<Int.random(in: 0..<12, using: &random) {
                now += Int64.random(in: 0..<hour, using: &random)
                let off = [0, 0, 0, 500, -7_200_000, 7_200_000].randomElement(using: &random)!
                if Bool.random(using: &random) {
                    read(now, off: Int64(off), synchronised: Bool.random(using: &random))
                } else {
                    time.observe(server: wall(now, off: Int64(off)), sentAt: now, receivedAt: now + second)
                }
            }
            var moments = (0..<50).map { _ in Int64.random(in: 0..<3 * hour, using: &random) }
            moments.sort()
            let told = moments.map { time.moment(at: $0) }
            #expect(zip(told, told.dropFirst()).allSatisfy { $0.at <= $1.at })
            #expect(Set(told.map(\.clock)).count == 1)
        }
    }

    @Test mutating func extremeNumbersDoNotTrap() {
        let extremes: [Int64] = [.min, -1, 0, 1, .max]
        for bootTime in extremes {
            for milliseconds in extremes + [truth] {
                for synchronised in [true, false] {
                    time.observe(
                        ClockReading(
                            bootTime: bootTime, wall: Instant(milliseconds: milliseconds), isSynchronised: synchronised,
                            uncertainty: milliseconds))
                    time.observe(server: Instant(milliseconds: milliseconds), sentAt: bootTime, receivedAt: bootTime)
                    for other in extremes { #expect(Instant.valid ~= time.moment(at: other).at) }
                    _ = time.serverAhead
                }
            }
        }
    }
}
