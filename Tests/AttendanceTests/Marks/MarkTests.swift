import Foundation
import Testing

@testable import Attendance

@Suite struct MarkTests {
    private let json = """
        {"at_ms":1788253200999,"boot_id":"00000000-0000-0000-0000-000000000003","boot_time_ns":123456789012,\
        "clock":"synchronised","id":"00000000-0000-7000-8000-000000000001",\
        "person":"00000000-0000-0000-0000-000000000002","score":0.75,"session":"2026-09-01","shots":3,"status":"late"}
        """

    private func mark() throws -> Mark {
        func id(_ text: String) throws -> UUID { try #require(UUID(uuidString: text)) }
        return Mark(
            id: try id("00000000-0000-7000-8000-000000000001"), person: try id("00000000-0000-0000-0000-000000000002"),
            session: SessionID(date: try LocalDate("2026-09-01")), at: Instant(milliseconds: 1_788_253_200_999),
            status: .late, bootID: try id("00000000-0000-0000-0000-000000000003"), bootTime: 123_456_789_012,
            clock: .synchronised, shots: 3, score: 0.75)
    }

    @Test func theJSONIsPinned() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(try mark()), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(Mark.self, from: Data(json.utf8)) == (try mark()))
    }

    private static let changes: [(String, @Sendable (inout Mark) -> Void)] = [
        ("at_ms", { $0.at.milliseconds = -1 }), ("at_ms", { $0.at.milliseconds = .max }),
        ("boot_time_ns", { $0.bootTime = -1 }), ("shots", { $0.shots = -1 }), ("shots", { $0.shots = 100_001 }),
        ("score", { $0.score = .nan }), ("score", { $0.score = .infinity }), ("score", { $0.score = -0.1 }),
        ("score", { $0.score = 1000.5 }),
    ]

    @Test(arguments: changes)
    func whatIsOutOfRangeIsRefused(field: String, change: @Sendable (inout Mark) -> Void) throws {
        var mark = try mark()
        try mark.validate()
        change(&mark)
        #expect {
            try mark.validate()
        } throws: { error in
            guard case AttendanceError.invalidMark(field, _) = error else { return false }
            return true
        }
    }

    @Test(arguments: [
        ("1788253200999", "-1"), ("1788253200999", "1e300"), ("1788253200999", "0.5"), ("123456789012", "-9"),
        ("synchronised", "certain"), ("\"late\"", "\"Late\""), ("0.75", "\"NaN\""), ("0.75", "1e999"),
        ("\"shots\":3", "\"shots\":3.5"),
        ("2026-09-01", "2026-02-30"), ("00000000-0000-7000-8000-000000000001", "1"), ("\"shots\":3,", ""),
    ])
    func whatComesFromTheNetworkIsChecked(old: String, new: String) throws {
        let changed = json.replacingOccurrences(of: old, with: new)
        #expect(changed != json)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(Mark.self, from: Data(changed.utf8)) }
    }
}
