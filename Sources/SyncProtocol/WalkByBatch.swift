import Attendance
import FoundationEssentials

/// Unsure walk-bys of a terminal's outbox, oldest first. The terminal sends it; the server reads it as
/// `ReceivedWalkByBatch`.
public struct WalkByBatch: AnsweredBatch, Codable {
    /// 1 to `maximumWalkBys`, each with its own id.
    public var walkBys: [UnsureWalkBy]

    /// No batch has more walk-bys.
    public static let maximumWalkBys = 100
    /// The same for a batch of whatever kind.
    public static var maximumItems: Int { maximumWalkBys }
    /// What an error calls the receipt.
    public static let receiptName = "walk-by receipt"
    /// What an error calls the message.
    public static let wireName = "walk-by batch"
    /// 100 walk-bys have about 60 KB.
    public static let maximumBytes = 128 << 10

    /// A batch; `json` validates it.
    public init(walkBys: [UnsureWalkBy]) {
        self.walkBys = walkBys
    }

    /// Throws `SyncProtocolError.invalid` for no walk-by, too many, one that is out of range or an id that comes twice.
    public func validate() throws(SyncProtocolError) {
        try requireCount(walkBys.count, most: Self.maximumWalkBys, "walk_bys")
        try requireValid(walkBys, "walk_bys")
        try requireOnce(walkBys.map(\.id), "walk_bys")
    }

    private enum CodingKeys: String, CodingKey {
        case walkBys = "walk_bys"
    }
}

extension UnsureWalkBy: BatchItem {
    /// What an error calls one of them.
    public static var wireName: String { "walk-by" }
}

/// An unsure walk-by as the server reads it.
public typealias ReceivedWalkBy = Received<UnsureWalkBy>

/// The answer to a `WalkByBatch`.
public typealias WalkByReceipt = BatchReceipt<WalkByBatch>

/// A `WalkByBatch` as the server reads it.
public struct ReceivedWalkByBatch: WireMessage, Decodable {
    /// 1 to `WalkByBatch.maximumWalkBys`, each with its own id.
    public var walkBys: [ReceivedWalkBy]

    /// What an error calls the message.
    public static let wireName = WalkByBatch.wireName
    /// As `WalkByBatch`.
    public static let maximumBytes = WalkByBatch.maximumBytes

    /// Throws `SyncProtocolError.invalid` for no walk-by, too many, or an id that comes twice.
    public func validate() throws(SyncProtocolError) {
        try requireCount(walkBys.count, most: WalkByBatch.maximumWalkBys, "walk_bys")
        try requireOnce(walkBys.map(\.id), "walk_bys")
    }

    private enum CodingKeys: String, CodingKey {
        case walkBys = "walk_bys"
    }
}
