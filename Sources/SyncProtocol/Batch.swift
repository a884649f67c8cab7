import Attendance
import FoundationEssentials

/// What terminals send in batches: each has an id, and is answered by it.
public protocol BatchItem: Sendable, Equatable, Codable {
    /// What the receipt answers.
    var id: UUID { get }
    /// What an error calls one of them.
    static var wireName: String { get }
    /// Throws where a value is out of range.
    func validate() throws(AttendanceError)
}

/// A batch that is answered by a `BatchReceipt`.
public protocol AnsweredBatch: WireMessage {
    /// No batch has more items.
    static var maximumItems: Int { get }
    /// What an error calls the receipt.
    static var receiptName: String { get }
}

/// An item as the server reads it. One that breaks the rules does not spoil its batch: it is rejected by its id.
public enum Received<Item: BatchItem>: Sendable, Equatable, Decodable {
    /// A valid one.
    case valid(Item)
    /// Something else with an id; answer `MarkResult.rejected` with this reason.
    case invalid(id: UUID, reason: String)

    /// The id that the receipt has to answer.
    public var id: UUID {
        switch self {
        case .valid(let item): item.id
        case .invalid(let id, _): id
        }
    }

    private enum CodingKeys: CodingKey {
        case id
    }

    /// Reads an item, or at least its id; without one the whole batch is malformed.
    public init(from decoder: any Decoder) throws {
        let id = try decoder.container(keyedBy: CodingKeys.self).decode(UUID.self, forKey: .id)
        do {
            self = .valid(try Item(from: decoder))
        } catch let error as AttendanceError {
            self = .invalid(id: id, reason: "\(error)")
        } catch {
            self = .invalid(id: id, reason: "\(SyncProtocolError(error, reading: Item.wireName))")
        }
    }
}

/// The answer to a batch: one result for each of its ids.
public struct BatchReceipt<Batch: AnsweredBatch>: WireMessage, Codable {
    /// At most as many as a batch has items, each with its own id.
    public var results: [MarkResult]
    /// The server's clock when it answered.
    public var serverTime: Instant

    /// What an error calls the message.
    public static var wireName: String { Batch.receiptName }
    /// As many results as the batch has items, with long reasons, are no larger than it may be.
    public static var maximumBytes: Int { Batch.maximumBytes }

    /// A receipt; `json` validates it.
    public init(results: [MarkResult], serverTime: Instant) {
        self.results = results
        self.serverTime = serverTime
    }

    /// Throws `SyncProtocolError.invalid` for too many results, an id that comes twice, a bad reason or time.
    public func validate() throws(SyncProtocolError) {
        try require(results.count <= Batch.maximumItems, "results", "\(results.count) of them")
        try requireOnce(results.map(\.id), "results")
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

extension WireMessage {
    /// Throws `SyncProtocolError.invalid` for no item, and for more than `most`.
    func requireCount(_ count: Int, most: Int, _ path: String) throws(SyncProtocolError) {
        try require(1...most ~= count, path, "\(count) of them")
    }

    /// Throws `SyncProtocolError.invalid` for an item that is out of range.
    func requireValid(_ items: [some BatchItem], _ path: String) throws(SyncProtocolError) {
        for (index, item) in items.enumerated() {
            do throws(AttendanceError) {
                try item.validate()
            } catch {
                throw .invalid(message: Self.wireName, path: "\(path)[\(index)]", reason: "\(error)")
            }
        }
    }

    /// Throws `SyncProtocolError.invalid` for an id that comes twice.
    func requireOnce(_ ids: [UUID], _ path: String) throws(SyncProtocolError) {
        let twice = Check.firstTwice(ids)
        try require(twice == nil, path, "the id \(twice?.uuidString ?? "") comes twice")
    }
}
