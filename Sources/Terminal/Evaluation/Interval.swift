import Glibc

/// Two bounds between which a figure lies with 95 % confidence.
public struct Interval: Sendable, Equatable {
    /// The lower bound.
    public var low: Double
    /// The upper bound.
    public var high: Double

    /// Both bounds times `factor`.
    public func scaled(by factor: Double) -> Interval { Interval(low: low * factor, high: high * factor) }

    /// The bound that is left when none of `people` erred, or all did: with 95 % confidence the rate is below 3 in
    /// `people` (the rule of 3; ISO/IEC 19795-1:2006, annex B).
    static func ofCertainty(_ value: Double, people: Int) -> Interval? {
        guard people > 0 else { return nil }
        let bound = 1 - exp(log(0.05) / Double(people))
        return value == 0 ? Interval(low: 0, high: bound) : Interval(low: 1 - bound, high: 1)
    }
}

extension Interval: Codable {
    /// Writes `[low, high]`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(low)
        try values.encode(high)
    }

    /// Reads `[low, high]`.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        low = try values.decode(Double.self)
        high = try values.decode(Double.self)
    }
}

/// A figure and its uncertainty.
public struct Figure: Sendable, Equatable {
    /// nil when it cannot be known, as an FPIR without strangers.
    public var value: Double?
    /// nil when it cannot be known.
    public var interval: Interval?

    /// A figure that is not known.
    public init() {}

    init(value: Double?, interval: Interval?) {
        self.value = value
        self.interval = interval
    }
}
