import Testing

@testable import Systemd

@Suite("Standard error without a log")
struct StandardErrorTests {
    @Test func theJournalGetsTheLevelAndPeopleDoNot() {
        let text = "rollcalld: terminal.toml:7: refused"
        #expect(StandardError.line(text, level: .critical, to: .journal) == "<2>\(text)\n")
        #expect(StandardError.line(text, level: .warning, to: .journal) == "<4>\(text)\n")
        #expect(StandardError.line(text, level: .critical, to: .console) == "\(text)\n")
    }

    @Test func aLineStaysOneLine() {
        #expect(StandardError.line("a\n<2>b", level: .info, to: .journal) == "<6>a\\n<2>b\n")
    }
}
