import Testing

@testable import Configuration

@Suite("Reading values")
struct ReadingTests {
    private enum Colour: String, CaseIterable { case red, green }

    private func document(_ text: String, file: String = "/etc/x/test.toml") throws -> TomlDocument {
        try TomlDocument(bytes: Array(text.utf8), file: file)
    }

    private func value(of written: String, _ accepted: Accepted<String>) -> String? {
        try? document("key = \(written)").root.require("key", accepted)
    }

    @Test func everyTypeIsRead() throws {
        let document = try document(
            """
            name = "door"
            [a]
            count = 7
            share = 0.5
            whole = 2
            on = true
            list = ["x", "y"]
            colour = "green"
            span = 1.5
            """)
        let table = try document.table("a")
        #expect(try document.root.read("name", .text) == "door")
        #expect(try table.read("count", .integer(in: 0...10)) == 7)
        #expect(try table.read("share", .number(in: 0...1)) == 0.5)
        #expect(try table.read("whole", .number(in: 0...3)) == 2)
        #expect(try table.read("on", .boolean) == true)
        #expect(try table.read("list", .list(of: .text)) == ["x", "y"])
        #expect(try table.read("colour", .choice(of: Colour.self)) == .green)
        #expect(try table.read("span", .seconds(in: 0...10)) == .milliseconds(1500))
        try document.finish()
    }

    @Test func absentKeysGiveNilOrTheDefault() throws {
        let document = try document("")
        let table = try document.table("nowhere")
        #expect(!table.isPresent)
        #expect(try table.read("count", .integer(in: 0...10)) == nil)
        #expect(try table.read("count", .integer(in: 0...10), default: 3) == 3)
        try document.finish()
    }

    @Test func pathsAreMeantFromTheFolderOfTheFile() throws {
        let text = "a = \"models/x.dat\"\nb = \"/abs/y.dat\""
        let inEtc = try document(text)
        #expect(try inEtc.root.read("a", .path) == "/etc/x/models/x.dat")
        #expect(try inEtc.root.read("b", .path) == "/abs/y.dat")
        #expect(try document(text, file: "test.toml").root.read("a", .path) == "models/x.dat")
        #expect(try document(text, file: "/test.toml").root.read("a", .path) == "/models/x.dat")
    }

    @Test func tablesByPatternKeepTheOrderOfTheFile() throws {
        let document = try document(
            """
            [classes."9 b"]
            until = "09:00"
            [classes.7a]
            until = 08:30:00
            """)
        let tables = try document.table("classes").tables()
        #expect(tables.map(\.name) == ["9 b", "7a"])
        #expect(try tables.map { try $0.table.read("until", .timeOfDay) } == ["09:00:00", "08:30:00"])
        #expect(tables.map(\.table.path) == ["classes.\"9 b\"", "classes.7a"])
        try document.finish()
        #expect(document.knownKeys == ["classes.*.until"])
    }

    @Test(arguments: [
        ("\"00:00\"", "00:00:00"), ("\"23:59:59\"", "23:59:59"), ("09:00:00", "09:00:00"), ("\"24:00\"", nil),
        ("\"9:00\"", nil), ("\"09:60\"", nil), ("\"09:00:60\"", nil), ("\"09:00:00.5\"", nil), ("09:00:00.5", nil),
        ("\"٠٩:٠٠\"", nil), ("\"\"", nil), ("900", nil), ("\"-1:00\"", nil),
    ])
    func timesOfDay(_ written: String, _ expected: String?) {
        #expect(value(of: "\(written)", .timeOfDay) == expected)
    }

    @Test(arguments: [
        ("2024-02-29", "2024-02-29"), ("\"2026-12-31\"", "2026-12-31"), ("\"2023-02-29\"", nil),
        ("\"1900-02-29\"", nil),
        ("\"2026-13-01\"", nil), ("\"2026-04-31\"", nil), ("\"2026-4-3\"", nil), ("\"0000-01-01\"", nil),
    ])
    func dates(_ written: String, _ expected: String?) {
        #expect(value(of: "\(written)", .date) == expected)
    }

    @Test(arguments: [
        ("https://a", "https://a"), ("https://a.example:8443/", "https://a.example:8443"),
        ("https://[::1]:8443/school", "https://[::1]:8443/school"), ("https://[fe80::1]", "https://[fe80::1]"),
        ("http://a", nil), ("HTTPS://a", nil), ("https://", nil), ("https:///x", nil), ("https://u:p@a", nil),
        ("https://a?x", nil), ("https://a#x", nil), ("https://a:0", nil), ("https://a:65536", nil), ("https://a:", nil),
        ("https://a b", nil), ("https://ä", nil), ("https://a..b", nil), ("https://[::1", nil), ("https://a_b", nil),
        ("https://a:+443", nil),
    ])
    func serverAddresses(_ written: String, _ expected: String?) {
        #expect(value(of: "\"\(written)\"", .httpsURL) == expected)
    }

    @Test(arguments: [
        ("Europe/London", true), ("UTC", true), ("Etc/GMT+5", true), ("America/Port-au-Prince", true),
        ("../passwd", false),
        ("/etc/passwd", false), ("Europe//London", false), ("Europe/", false), ("Europe/Lon don", false), ("", false),
    ])
    func timeZoneNames(_ name: String, _ isAccepted: Bool) {
        #expect(value(of: "\"\(name)\"", .timeZoneName) == (isAccepted ? name : nil))
    }
}
