import FoundationEssentials

/// One reading of the terminal's clocks, taken together.
public struct ClockReading: Sendable, Equatable {
    /// Nanoseconds of CLOCK_BOOTTIME.
    public var bootTime: Int64
    /// CLOCK_REALTIME at that boot time.
    public var wall: Instant
    /// What the kernel says (`adjtimex` without STA_UNSYNC).
    public var isSynchronised: Bool
    /// The kernel's maximum error in milliseconds.
    public var uncertainty: Int64

    /// A reading.
    public init(bootTime: Int64, wall: Instant, isSynchronised: Bool, uncertainty: Int64 = 0) {
        self.bootTime = bootTime
        self.wall = wall
        self.isSynchronised = isSynchronised
        self.uncertainty = uncertainty
    }
}

/// A moment that is known on the wall clock and on the boot-time clock of one boot: it gives every boot time its wall time.
public struct ClockAnchor: Sendable, Equatable {
    /// The boot in which `bootTime` counts.
    public let bootID: UUID
    /// Nanoseconds of CLOCK_BOOTTIME.
    public let bootTime: Int64
    /// The time of day in UTC at that boot time.
    public let wall: Instant
    /// By how many milliseconds `wall` may be wrong, 0 or more.
    public let uncertainty: Int64
    /// How `wall` was known: `.synchronised` or `.server`.
    public let trust: ClockTrust

    /// The boot-time clock's own error: 100 parts per million, more than the quartz of a board has.
    static let boundOfDrift: Int64 = 10_000

    init(bootID: UUID, bootTime: Int64, wall: Instant, uncertainty: Int64, trust: ClockTrust) {
        self.bootID = bootID
        self.bootTime = bootTime
        self.wall = wall
        self.uncertainty = max(0, uncertainty)
        self.trust = trust
    }

    /// The wall time of a boot time in nanoseconds, before or after the anchor. Never goes back as boot time goes on.
    public func wall(at bootTime: Int64) -> Instant {
        wall.advanced(byMilliseconds: milliseconds(to: bootTime)).clamped
    }

    /// By how many milliseconds `wall(at:)` may be wrong: grows with the distance from the anchor.
    public func uncertainty(at bootTime: Int64) -> Int64 {
        uncertainty.addingSaturated(Int64(clamping: milliseconds(to: bootTime).magnitude) / ClockAnchor.boundOfDrift)
    }

    /// True if both tell the same time, as far as they can know, at the later of their boot times.
    func agrees(with other: ClockAnchor) -> Bool {
        let moment = max(bootTime, other.bootTime)
        let difference = wall(at: moment).milliseconds.subtractingSaturated(other.wall(at: moment).milliseconds)
        let allowed = uncertainty(at: moment).addingSaturated(other.uncertainty(at: moment))
        return difference.magnitude <= allowed.addingSaturated(TrustedTime.tolerance).magnitude
    }

    private func milliseconds(to bootTime: Int64) -> Int64 {
        bootTime.subtractingSaturated(self.bootTime).dividedDown(by: 1_000_000)
    }
}
