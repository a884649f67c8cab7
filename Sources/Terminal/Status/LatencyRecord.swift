/// How long marks took from their face's first good frame to the durable commit. Of fixed size: the last 512 for
/// percentiles, and counts since the start for the histogram of `/metrics`.
public struct LatencyRecord: Sendable, Equatable {
    /// Upper bounds of the histogram in seconds; above the last one everything else is counted.
    public static let bounds = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10]
    static let kept = 512

    /// Marks in each bucket, not added up; the last counts what is above all bounds.
    public private(set) var buckets = [UInt64](repeating: 0, count: bounds.count + 1)
    /// All marks.
    public private(set) var count: UInt64 = 0
    /// Microseconds of all marks together.
    public private(set) var sum: Int64 = 0
    private var recent: [Int64] = []
    private var next = 0

    /// An empty record, with room for all that it will keep.
    public init() {
        recent.reserveCapacity(Self.kept)
    }

    /// Adds one mark.
    public mutating func add(_ latency: Duration) {
        let (seconds, attoseconds) = latency.components
        let microseconds = max(0, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        buckets[Self.bounds.firstIndex { Double(microseconds) <= $0 * 1e6 } ?? Self.bounds.count] += 1
        count += 1
        sum += microseconds
        if recent.count < Self.kept {
            recent.append(microseconds)
        } else {
            recent[next] = microseconds
            next = (next + 1) % Self.kept
        }
    }

    /// The microseconds that `share` (0 to 1) of the last marks did not exceed, by nearest rank; nil without marks.
    public func percentile(_ share: Double) -> Int64? {
        guard !recent.isEmpty else { return nil }
        let rank = Int((share * Double(recent.count)).rounded(.up))
        return recent.sorted()[min(max(rank, 1), recent.count) - 1]
    }
}

/// The latency record as it is shown.
public struct LatencyStatus: Codable, Sendable, Equatable {
    /// Marks since the daemon started.
    public var count: UInt64
    /// Milliseconds over the last 512 marks; nil without marks.
    public var p50Milliseconds: Double?
    /// As `p50Milliseconds`, for 95 of 100 marks.
    public var p95Milliseconds: Double?
    /// As `p50Milliseconds`, for 99 of 100 marks.
    public var p99Milliseconds: Double?

    init(_ record: LatencyRecord) {
        count = record.count
        p50Milliseconds = record.percentile(0.50).map { Double($0) / 1000 }
        p95Milliseconds = record.percentile(0.95).map { Double($0) / 1000 }
        p99Milliseconds = record.percentile(0.99).map { Double($0) / 1000 }
    }

    private enum CodingKeys: String, CodingKey {
        case count
        case p50Milliseconds = "p50_ms"
        case p95Milliseconds = "p95_ms"
        case p99Milliseconds = "p99_ms"
    }
}
