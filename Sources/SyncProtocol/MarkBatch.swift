import Attendance
import FoundationEssentials

/// Marks of a terminal's outbox, oldest first. The terminal sends it; the server reads it as `ReceivedMarkBatch`.
public struct MarkBatch: WireMessage, Codable {
    /// 1 to `maximumMarks`, each with its own id.
    public var marks: [Mark]

    /// No batch has more marks.
    public static let maximumMarks = 200
    /// What an error calls the message.
    public static let wireName = "mark batch"
    /// 200 marks have about 70 KB.
    public static let maximumBytes = 256 << 10

    /// A batch; `json` validates it.
    public init(marks: [Mark]) {
        self.marks = marks
    }

    /// Throws `SyncProtocolError.invalid` for no mark, too many, one that is out of range or an id that comes twice.
    public func validate() throws(SyncProtocolError) {
        try require(1...MarkBatch.maximumMarks ~= marks.count, "marks", "\(marks.count) of them")
        for (index, mark) in marks.enumerated() {
            do {
                try mark.validate()
            } catch {
                throw .invalid(message: MarkBatch.wireName, path: "marks[\(index)]", reason: "\(error)")
            }
        }
        let twice = Check.firstTwice(marks.map(\.id))
        try require(twice == nil, "marks", "the id \(twice?.uuidString ?? "") comes twice")
    }
}

/// A mark as the server reads it. One that breaks the rules does not spoil its batch: it is rejected by its id.
public enum ReceivedMark: Sendable, Equatable, Decodable {
    /// A valid mark.
    case mark(Mark)
    /// Something else with an id; answer `MarkResult.rejected` with this reason.
    case invalid(id: UUID, reason: String)

    /// The id that the receipt has to answer.
    public var id: UUID {
        switch self {
        case .mark(let mark): mark.id
        case .invalid(let id, _): id
        }
    }

    private enum CodingKeys: CodingKey {
        case id
    }

    /// Reads a mark, or at least its id; without one the whole batch is malformed.
    public init(from decoder: any Decoder) throws {
        let id = try decoder.container(keyedBy: CodingKeys.self).decode(UUID.self, forKey: .id)
        do {
            self = .mark(try Mark(from: decoder))
        } catch let error as AttendanceError {
            self = .invalid(id: id, reason: "\(error)")
        } catch {
            self = .invalid(id: id, reason: "\(SyncProtocolError(error, reading: "mark"))")
        }
    }
}

/// A `MarkBatch` as the server reads it.
public struct ReceivedMarkBatch: WireMessage, Decodable {
    /// 1 to `MarkBatch.maximumMarks`, each with its own id.
    public var marks: [ReceivedMark]

    /// What an error calls the message.
    public static let wireName = MarkBatch.wireName
    /// As `MarkBatch`.
    public static let maximumBytes = MarkBatch.maximumBytes

    /// Throws `SyncProtocolError.invalid` for no mark, too many, or an id that comes twice.
    public func validate() throws(SyncProtocolError) {
        try require(1...MarkBatch.maximumMarks ~= marks.count, "marks", "\(marks.count) of them")
        let twice = Check.firstTwice(marks.map(\.id))
        try require(twice == nil, "marks", "the id \(twice?.uuidString ?? "") comes twice")
    }
}
