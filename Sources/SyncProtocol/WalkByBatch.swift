import Attendance
import FoundationEssentials

/// Unsure walk-bys of a terminal's outbox, oldest first. The terminal sends it; the server reads it as
/// `ReceivedWalkByBatch`.
public struct WalkByBatch: WireMessage, Codable {
    /// 1 to `maximumWalkBys`, each with its own id.
    public var walkBys: [UnsureWalkBy]

    /// No batch has more walk-bys.
    public static let maximumWalkBys = 100
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
        try require(1...Self.maximumWalkBys ~= walkBys.count, "walk_bys", "\(walkBys.count) of them")
        for (index, walkBy) in walkBys.enumerated() {
            do {
                try walkBy.validate()
            } catch {
                throw .invalid(message: Self.wireName, path: "walk_bys[\(index)]", reason: "\(error)")
            }
        }
        let twice = Check.firstTwice(walkBys.map(\.id))
        try require(twice == nil, "walk_bys", "the id \(twice?.uuidString ?? "") comes twice")
    }

    private enum CodingKeys: String, CodingKey {
        case walkBys = "walk_bys"
    }
}

/// An unsure walk-by as the server reads it. One that breaks the rules does not spoil its batch: it is rejected by its id.
public enum ReceivedWalkBy: Sendable, Equatable, Decodable {
    /// A valid walk-by.
    case walkBy(UnsureWalkBy)
    /// Something else with an id; answer `MarkResult.rejected` with this reason.
    case invalid(id: UUID, reason: String)

    /// The id that the receipt has to answer.
    public var id: UUID {
        switch self {
        case .walkBy(let walkBy): walkBy.id
        case .invalid(let id, _): id
        }
    }

    private enum CodingKeys: CodingKey {
        case id
    }

    /// Reads a walk-by, or at least its id; without one the whole batch is malformed.
    public init(from decoder: any Decoder) throws {
        let id = try decoder.container(keyedBy: CodingKeys.self).decode(UUID.self, forKey: .id)
        do {
            self = .walkBy(try UnsureWalkBy(from: decoder))
        } catch let error as AttendanceError {
            self = .invalid(id: id, reason: "\(error)")
        } catch {
            self = .invalid(id: id, reason: "\(SyncProtocolError(error, reading: "walk-by"))")
        }
    }
}

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
        try require(1...WalkByBatch.maximumWalkBys ~= walkBys.count, "walk_bys", "\(walkBys.count) of them")
        let twice = Check.firstTwice(walkBys.map(\.id))
        try require(twice == nil, "walk_bys", "the id \(twice?.uuidString ?? "") comes twice")
    }

    private enum CodingKeys: String, CodingKey {
        case walkBys = "walk_bys"
    }
}
