import Attendance
import Foundation
import SyncProtocol
import Testing

/// A mark that breaks the rules must not keep the other marks of its batch in the outbox for ever.
@Suite struct ReceivedMarkBatchTests {
    private func received(_ old: String, _ new: String) throws -> ReceivedMarkBatch {
        try ReceivedMarkBatch(json: edited(MarkBatch(marks: [Sample.mark(1), Sample.mark(2)]), old, new))
    }

    @Test func validMarksAreRead() throws {
        let marks = try [Sample.mark(1), Sample.mark(2)]
        let batch = try ReceivedMarkBatch(json: MarkBatch(marks: marks).json())
        #expect(batch.marks == marks.map { .valid($0) })
        #expect(batch.marks.map(\.id) == marks.map(\.id))
    }

    @Test(arguments: [
        ("\"person\":\"00000000-0000-7000-8000-000000000101\"", "\"person\":\"Ada\""),
        ("\"person\":\"00000000-0000-7000-8000-000000000101\",", ""),
        (
            "000000000001\",\"person\":\"00000000-0000-7000-8000-000000000101\",\"score\":0.5",
            "000000000001\",\"score\":1e999"
        ),
    ])
    func anInvalidMarkIsKnownByItsId(old: String, new: String) throws {
        let batch = try received(old, new)
        #expect(batch.marks.map(\.id) == [Sample.id(1), Sample.id(2)])
        guard case .invalid(_, let reason) = batch.marks[0] else {
            Issue.record("read as \(batch.marks[0])")
            return
        }
        #expect(!reason.isEmpty)
        #expect(batch.marks[1] == .valid(try Sample.mark(2)))
        // The reason fits into a receipt.
        let receipt = MarkReceipt(
            results: [.rejected(Sample.id(1), reason: reason)], serverTime: Sample.serverTime)
        #expect(try MarkReceipt(json: receipt.json()) == receipt)
    }

    @Test func everyMarkMayBeInvalid() throws {
        let batch = try received("\"status\":\"present\"", "\"status\":\"asleep\"")
        #expect(batch.marks.map(\.id) == [Sample.id(1), Sample.id(2)])
        #expect(
            batch.marks.allSatisfy {
                guard case .invalid = $0 else { return false }
                return true
            })
    }

    @Test(arguments: [
        ("\"id\":\"00000000-0000-7000-8000-000000000002\"", "\"id\":\"2\""),
        ("\"id\":\"00000000-0000-7000-8000-000000000002\",", ""),
        ("000000000002\",\"person", "000000000001\",\"person"),
    ])
    func withoutAnIdOfItsOwnTheBatchIsRefused(old: String, new: String) throws {
        #expect(throws: SyncProtocolError.self) { try received(old, new) }
    }

    @Test func theLimitsHoldForInvalidMarksToo() {
        let marks = (0...MarkBatch.maximumMarks).map { "{\"id\":\"\(Sample.id($0))\"}" }.joined(separator: ",")
        #expect(throws: SyncProtocolError.invalid(message: "mark batch", path: "marks", reason: "201 of them")) {
            try ReceivedMarkBatch(json: Array("{\"marks\":[\(marks)]}".utf8))
        }
        #expect(throws: SyncProtocolError.invalid(message: "mark batch", path: "marks", reason: "0 of them")) {
            try ReceivedMarkBatch(json: Array("{\"marks\":[]}".utf8))
        }
    }
}
