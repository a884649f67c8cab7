import Capture
import Testing

@testable import Terminal

@Suite struct DoctorReportTests {
    private let report = DoctorReport(findings: [
        .ok("daemon", "it runs"), .warning("disk", "150 MB free", next: "make room"),
        .failed("token", "the server does not know it (401)", next: "make a new one"),
    ])

    @Test func theWorstVerdictCounts() {
        #expect(report.verdict == .failed)
        #expect(DoctorReport(findings: Array(report.findings.prefix(2))).verdict == .warning)
        #expect(DoctorReport(findings: [.ok("a", "b")]).verdict == .ok)
    }

    @Test func theTableHasEachNextStepBelowItsFinding() {
        #expect(
            report.text == """
                ok       daemon  it runs
                warning  disk    150 MB free
                                 → make room
                failed   token   the server does not know it (401)
                                 → make a new one

                1 failed, 1 warning, 1 ok
                """)
    }

    @Test func theDocumentHasEveryKey() throws {
        #expect(
            try canonicalJSON(DoctorReport(findings: [.ok("a", "b"), .warning("c", "d", next: "e")]))
                == #"{"findings":[{"found":"b","name":"a","next_step":null,"verdict":"ok"},"#
                + #"{"found":"d","name":"c","next_step":"e","verdict":"warning"}],"verdict":"warning"}"#)
    }
}
