import Attendance
import FoundationEssentials

/// Marks of a terminal's outbox, oldest first. The terminal sends it; the server reads it as `ReceivedMarkBatch`.
public struct MarkBatch: AnsweredBatch, Codable {
    /// 1 to `maximumMarks`, each with its own id.
    public var marks: [Mark]

    /// No batch has more marks.
    public static let maximumMarks = 200
    /// The same for a batch of whatever kind.
    public static var maximumItems: Int { maximumMarks }
    /// What an error calls the receipt.
    public static let receiptName = "mark receipt"
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
        try requireCount(marks.count, most: Self.maximumMarks, "marks")
        try requireValid(marks, "marks")
        try requireOnce(marks.map(\.id), "marks")
    }
}

extension Mark: BatchItem {
    /// What an error calls one of them.
    public static var wireName: String { "mark" }
}

/// A mark as the server reads it.
public typealias ReceivedMark = Received<Mark>

/// The answer to a `MarkBatch`.
public typealias MarkReceipt = BatchReceipt<MarkBatch>

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
        try requireCount(marks.count, most: MarkBatch.maximumMarks, "marks")
        try requireOnce(marks.map(\.id), "marks")
    }
}
