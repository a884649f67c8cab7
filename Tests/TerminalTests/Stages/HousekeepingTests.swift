import Logging
import Systemd
import Testing

@testable import Terminal

@Suite struct HousekeepingTests {
    @Test func stagesThatStandStillAreNamedWithTheNextStep() {
        let (message, metadata) = Housekeeping.words(stalled: ["capture", "sync"], patience: .seconds(30))
        #expect("\(message)".hasPrefix("capture and sync has made no progress for 30 s"))
        #expect("\(message)".hasSuffix("journalctl -u rollcalld --since -1h"))
        // The catalogue shows it as @ROLLCALL_STAGE@.
        #expect(metadata == ["stage": "capture and sync"])
    }
}
