import Logging
import Testing

@testable import Systemd

@Suite("Entries for the journal")
struct JournalFieldsTests {
    private func fields(
        _ message: String, level: Logger.Level = .info, metadata: Logger.Metadata = [:],
        identifier: String = "rollcalld"
    ) -> [String] {
        let event = LogEvent(
            level: level, message: "\(message)", metadata: metadata, source: "x", file: "A/b.swift", function: "f()",
            line: 7)
        return journalFields(
            of: LogRecord(event, component: "sync", metadata: [:], provider: nil), identifier: identifier)
    }

    @Test func holdTheMessageItsPlaceAndItsMetadata() {
        let parts = fields("Mark recorded", level: .notice, metadata: ["track": "12", "person-id": "\(9)"])
        #expect(
            parts == [
                "MESSAGE=Mark recorded", "PRIORITY=5", "SYSLOG_IDENTIFIER=rollcalld", "ROLLCALL_COMPONENT=sync",
                "CODE_FILE=A/b.swift", "CODE_LINE=7", "CODE_FUNC=f()", "ROLLCALL_PERSON_ID=9", "ROLLCALL_TRACK=12",
            ])
    }

    @Test(arguments: zip(Logger.Level.allCases, [7, 7, 6, 5, 4, 3, 2]))
    func levelsBecomePriorities(_ level: Logger.Level, _ expected: Int) {
        #expect(fields("x", level: level).contains("PRIORITY=\(expected)"))
    }

    @Test func aMessageIDBecomesItsOwnField() {
        let parts = fields("x", metadata: [LogRecord.messageIDKey: .string(MessageID.cameraLost.rawValue)])
        #expect(parts.contains("MESSAGE_ID=2f25ae1fcf8b467fb0c2897a5a2f66cb"))
        #expect(!parts.contains { $0.hasPrefix("ROLLCALL_MESSAGE_ID") })
        #expect(!fields("x", metadata: [LogRecord.messageIDKey: "junk"]).contains { $0.hasPrefix("MESSAGE_ID") })
    }

    @Test func noValueCanBecomeAFieldOrMoveACursor() {
        let parts = fields(
            "a\nPRIORITY=0\r\u{1b}[2J", metadata: ["reason": "x\nMESSAGE_ID=1\u{202e}\u{0}"], identifier: "r\nX=1")
        #expect(parts.first == "MESSAGE=a\\nPRIORITY=0\\r\\u{1b}[2J")
        #expect(parts.last == "ROLLCALL_REASON=x\\nMESSAGE_ID=1\\u{202e}\\u{0}")
        #expect(parts.allSatisfy { part in !part.unicodeScalars.contains { $0.value < 0x20 } })
    }

    @Test(arguments: [
        ("track", "ROLLCALL_TRACK"), ("a.b-c d", "ROLLCALL_A_B_C_D"), ("é", "ROLLCALL___"), ("x=1\n", "ROLLCALL_X_1_"),
        (String(repeating: "k", count: 200), "ROLLCALL_" + String(repeating: "K", count: 55)),
    ])
    func keysBecomeNamesThatTheJournalAccepts(_ key: String, _ expected: String) {
        #expect(journalName(of: key) == expected)
        #expect(journalName(of: key).utf8.count <= 64)
    }

    @Test func metadataOfTheEventWinsOverTheLogger() {
        let event = LogEvent(
            level: .info, message: "x", metadata: ["a": "event"], source: "x", file: "f", function: "f", line: 1)
        let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
        let record = LogRecord(
            event, component: "c", metadata: ["a": "logger", "b": "logger", "c": "logger"], provider: provider)
        #expect(record.fields.map { "\($0.key)=\($0.value)" } == ["a=event", "b=provider", "c=logger"])
    }
}
