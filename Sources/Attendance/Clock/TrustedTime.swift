import FoundationEssentials

/// A boot time's place on the wall clock, and how it is known.
public struct TrustedMoment: Sendable, Equatable {
    /// The wall time; a guess while `clock` is unknown.
    public let at: Instant
    /// How `at` is known.
    public let clock: ClockTrust
    /// By how many milliseconds `at` may be wrong; nil while `clock` is unknown.
    public let uncertainty: Int64?
}

/// Wall time by the boot-time clock, which no one can set. A wall clock counts only while it is synchronised, and even
/// then a jump is not believed before it is confirmed; the server's time serves until there is a synchronised clock.
///
/// Pure: whoever reads the clocks reports to `observe`, some seconds apart, in the order of boot time. One value for one
/// boot; marks that were made before anything was known are resolved later by `AttendancePolicy.resolve`.
public struct TrustedTime: Sendable, Equatable {
    /// The boot whose boot times this value knows.
    public let bootID: UUID

    /// Milliseconds by which two clocks may differ beyond their uncertainties and still agree: a leap second, a suspend.
    static let tolerance: Int64 = 2000
    /// Milliseconds; a time less certain than this is unknown. A board without network drifts there in 7 days.
    static let maximumUncertainty: Int64 = 60_000
    /// Nanoseconds; an answer that took longer says nothing of the server's time.
    static let maximumRoundTrip: Int64 = 20_000_000_000
    /// Nanoseconds for which a synchronised clock that jumped has to hold its new time to be believed.
    static let probation: Int64 = 120_000_000_000

    private var synchronised: ClockAnchor?
    private var server: ClockAnchor?
    /// The first of the synchronised readings that contradict `synchronised`.
    private var challenger: ClockAnchor?
    /// The last reading of any kind; what a guess starts from.
    private var guess: ClockAnchor?

    /// Knows nothing yet.
    public init(bootID: UUID) {
        self.bootID = bootID
    }

    /// Takes in a reading of the terminal's own clocks.
    public mutating func observe(_ reading: ClockReading) {
        let anchor = ClockAnchor(
            bootID: bootID, bootTime: reading.bootTime, wall: reading.wall, uncertainty: reading.uncertainty,
            trust: .synchronised)
        guess = anchor
        guard reading.isSynchronised, Instant.plausible ~= reading.wall else {
            challenger = nil
            return
        }
        guard let current = synchronised, !current.agrees(with: anchor) else {
            accept(anchor)
            return
        }
        // The clock jumped while it was synchronised: either it was wrong before or it is wrong now.
        if let server, server.uncertainty(at: reading.bootTime) <= TrustedTime.maximumUncertainty {
            if server.agrees(with: anchor), !server.agrees(with: current) {
                accept(anchor)
                return
            }
            if server.agrees(with: current), !server.agrees(with: anchor) {
                challenger = nil
                return
            }
        }
        guard let first = challenger, first.agrees(with: anchor) else {
            challenger = anchor
            return
        }
        if reading.bootTime.subtractingSaturated(first.bootTime) >= TrustedTime.probation { accept(anchor) }
    }

    /// Takes in the server's time from an answer, with the boot times in nanoseconds at which the request was sent and
    /// the answer came. Returns false for an answer that says nothing: too slow, or a server whose clock was never set.
    @discardableResult
    public mutating func observe(server time: Instant, sentAt: Int64, receivedAt: Int64) -> Bool {
        let roundTrip = receivedAt.subtractingSaturated(sentAt)
        guard 0...TrustedTime.maximumRoundTrip ~= roundTrip, Instant.plausible ~= time else { return false }
        let anchor = ClockAnchor(
            bootID: bootID, bootTime: sentAt + roundTrip / 2, wall: time, uncertainty: roundTrip / 2_000_000 + 1,
            trust: .server)
        // A quick answer stays better than a slow one after it, until drift has eaten the difference.
        if let server, server.agrees(with: anchor), server.uncertainty(at: receivedAt) < anchor.uncertainty {
            return true
        }
        server = anchor
        return true
    }

    /// The wall time of a boot time in nanoseconds. For one state of knowledge it never goes back as boot time goes on.
    public func moment(at bootTime: Int64) -> TrustedMoment {
        if let anchor = anchor(at: bootTime) {
            return TrustedMoment(
                at: anchor.wall(at: bootTime), clock: anchor.trust, uncertainty: anchor.uncertainty(at: bootTime))
        }
        let start = Instant(milliseconds: bootTime.dividedDown(by: 1_000_000)).clamped
        return TrustedMoment(at: guess?.wall(at: bootTime) ?? start, clock: .unknown, uncertainty: nil)
    }

    /// What gives a boot time its wall time: a synchronised clock before the server, nil if neither is certain enough.
    public func anchor(at bootTime: Int64) -> ClockAnchor? {
        [synchronised, server].compactMap { $0 }
            .first { $0.uncertainty(at: bootTime) <= TrustedTime.maximumUncertainty }
    }

    /// Milliseconds by which the server's clock is ahead of the synchronised one; nil until both are known.
    /// More than a few seconds means that one of them is wrong, which somebody has to look at.
    public var serverAhead: Int64? {
        guard let synchronised, let server else { return nil }
        let moment = max(synchronised.bootTime, server.bootTime)
        return server.wall(at: moment).milliseconds - synchronised.wall(at: moment).milliseconds
    }

    private mutating func accept(_ anchor: ClockAnchor) {
        synchronised = anchor
        challenger = nil
    }
}
