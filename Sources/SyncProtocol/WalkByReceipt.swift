import Attendance
import FoundationEssentials

/// The answer to a `WalkByBatch`: one result for each of its ids.
public struct WalkByReceipt: WireMessage, Codable {
    /// At most as many as a batch has walk-bys, each with its own id.
    public var results: [MarkResult]
    /// The server's clock when it answered.
    public var serverTime: Instant

    /// What an error calls the message.
    public static let wireName = "walk-by receipt"
    /// 100 results with long reasons.
    public static let maximumBytes = 128 << 10

    /// A receipt; `json` validates it.
    public init(results: [MarkResult], serverTime: Instant) {
        self.results = results
        self.serverTime = serverTime
    }

    /// Throws `SyncProtocolError.invalid` for too many results, an id that comes twice, a bad reason or time.
    public func validate() throws(SyncProtocolError) {
        try require(results.count <= WalkByBatch.maximumWalkBys, "results", "\(results.count) of them")
        let twice = Check.firstTwice(results.map(\.id))
        try require(twice == nil, "results", "the id \(twice?.uuidString ?? "") comes twice")
        for (index, result) in results.enumerated() {
            guard let reason = result.reason else { continue }
            try require(
                reason == Check.line(reason, limit: MarkResult.maximumReasonLength), "results[\(index)].reason",
                "it is too long or not one line")
        }
        try require(Instant.valid ~= serverTime, "server_time_ms", "\(serverTime.milliseconds) is out of range")
    }

    private enum CodingKeys: String, CodingKey {
        case results
        case serverTime = "server_time_ms"
    }
}
