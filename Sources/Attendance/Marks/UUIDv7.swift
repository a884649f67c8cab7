import FoundationEssentials

/// UUIDs of version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits.
public enum UUIDv7 {
    /// A UUID for this moment; moments before 1970 or beyond 48 bits become the nearest that fits.
    public static func make(at moment: Instant, using random: inout some RandomNumberGenerator) -> UUID {
        make(milliseconds: clamp(moment), a: random.next() as UInt16, b: random.next() as UInt64)
    }

    /// The moment inside a UUID of version 7, or nil for another version.
    public static func instant(of id: UUID) -> Instant? {
        let bytes = id.uuid
        guard bytes.6 >> 4 == 7, bytes.8 >> 6 == 0b10 else { return nil }
        let high = [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5]
        return Instant(milliseconds: high.reduce(0) { $0 << 8 | Int64($1) })
    }

    /// The lower 12 bits of `a` and the lower 62 bits of `b` fill the places of rand_a and rand_b.
    static func make(milliseconds: UInt64, a: UInt16, b: UInt64) -> UUID {
        func byte(_ value: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
        let time = milliseconds
        return UUID(
            uuid: (
                byte(time, 40), byte(time, 32), byte(time, 24), byte(time, 16), byte(time, 8), byte(time, 0),
                0x70 | UInt8(truncatingIfNeeded: a >> 8 & 0x0F), UInt8(truncatingIfNeeded: a),
                0x80 | byte(b, 56) & 0x3F, byte(b, 48), byte(b, 40), byte(b, 32), byte(b, 24), byte(b, 16), byte(b, 8),
                byte(b, 0)
            ))
    }

    static func clamp(_ moment: Instant) -> UInt64 {
        UInt64(min(max(moment.milliseconds, 0), 0xFFFF_FFFF_FFFF))
    }
}

/// Makes UUIDs of version 7 that grow within a millisecond, and over a clock that steps back a little, by a counter in
/// rand_a (RFC 9562, section 6.2, method 1).
public struct UUIDv7Generator: Sendable {
    /// A step back of more than this is a clock that was set: ids follow it, and stay unique by their random bits.
    static let longestStepBack: UInt64 = 10_000

    private var lastTime: UInt64 = 0
    private var counter: UInt16 = 0
    private var hasMade = false

    /// A generator that has made nothing yet.
    public init() {}

    /// The next UUID.
    public mutating func next(at moment: Instant, using random: inout some RandomNumberGenerator) -> UUID {
        let time = UUIDv7.clamp(moment)
        let continues = hasMade && time <= lastTime && lastTime - time <= UUIDv7Generator.longestStepBack
        if continues, counter < 0x0FFF {
            counter += 1
        } else {
            // A counter that is full borrows the next millisecond. The new start leaves the upper half to count in.
            lastTime = continues ? min(lastTime + 1, 0xFFFF_FFFF_FFFF) : time
            counter = random.next(upperBound: 0x0800)
        }
        hasMade = true
        return UUIDv7.make(milliseconds: lastTime, a: counter, b: random.next())
    }

    /// The next UUID, with the system's random numbers.
    public mutating func next(at moment: Instant) -> UUID {
        var random = SystemRandomNumberGenerator()
        return next(at: moment, using: &random)
    }
}
