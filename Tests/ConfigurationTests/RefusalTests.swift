import Foundation
import Testing

@testable import Configuration

@Suite("Refusing documents")
struct RefusalTests {
    private func document(_ text: String) throws -> TomlDocument {
        try TomlDocument(bytes: Array(text.utf8), file: "t.toml")
    }

    private func refusal(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test func aWrongTypeNamesBothTypes() throws {
        let table = try document("[a]\n\nport = \"80\"").table("a")
        #expect(
            refusal { _ = try table.read("port", .integer(in: 1...65535)) }
                == "t.toml:3: a.port: expected a whole number from 1 to 65535, found the string \"80\"")
    }

    @Test func anElementOfAnArrayIsNamedByItsOwnLine() throws {
        let document = try document("a = [\n  \"x\",\n  7,\n]")
        #expect(
            refusal { _ = try document.root.read("a", .list(of: .text)) }
                == "t.toml:3: a: expected a string of 1 to 4096 characters without control characters, found the whole number 7"
        )
    }

    @Test func controlCharactersOfAValueDoNotReachTheMessage() throws {
        let document = try document("a = \"x\\u001b[31m\\u202e\"")
        let message = refusal { _ = try document.root.read("a", .text) }
        #expect(message.contains("\\u{1b}[31m\\u{202e}"))
        #expect(!message.unicodeScalars.contains("\u{1b}"))
    }

    @Test(arguments: [
        ("[camera]\ndevise = 1", "t.toml:2: camera.devise: unknown key; did you mean camera.device?"),
        ("[camera]\nurl = 1", "t.toml:2: camera.url: unknown key; it belongs in [server]"),
        ("[camera]\nzzz = 1", "t.toml:2: camera.zzz: unknown key; known here: device"),
        ("[camara]\ndevice = 1", "t.toml:1: camara: unknown key; did you mean camera?"),
        ("device = 1", "t.toml:1: device: unknown key; it belongs in [camera]"),
        ("[server]\nurl = 1\n[server.url2]\nx = 1", "t.toml:3: server.url2: unknown key; known here: url"),
        ("[camera]\n\"de vice\" = 1", "t.toml:2: camera.\"de vice\": unknown key; did you mean camera.device?"),
        ("zzz = 1\n[camera]\nyyy = 1", "t.toml:1: zzz: unknown key; known here: camera, server"),
    ])
    func anUnknownKeyIsNamedWithWhatIsKnown(_ text: String, _ expected: String) throws {
        let document = try document(text)
        _ = try document.table("camera").read("device", .integer(in: 0...1))
        _ = try document.table("server").read("url", .integer(in: 0...1))
        #expect(refusal { try document.finish() } == expected)
    }

    @Test func aMissingKeyNamesATypingErrorWhenThereIsOne() throws {
        let document = try document("[server]\nulr = \"https://a\"")
        let table = try document.table("server")
        #expect(
            refusal { _ = try table.require("url", .httpsURL) } == """
                t.toml:2: server.url: must be set: an address that begins with https://, as \
                "https://rollcall.example:8443"; is ulr a typing error?
                """)
        let empty = try self.document("\n\n[server]").table("server")
        #expect(refusal { _ = try empty.require("n", .boolean) } == "t.toml:3: server.n: must be set: true or false")
    }

    @Test func aTableMustBeATable() throws {
        let document = try document("camera = 3\n[[server]]")
        #expect(
            refusal { _ = try document.table("camera") }
                == "t.toml:1: camera: expected a table, written [camera], found the whole number 3")
        #expect(refusal { _ = try document.table("server") }.hasPrefix("t.toml:2: server: expected a table"))
    }

    @Test func onlyRegularFilesThatExistAreRead() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        #expect(refusal { _ = try TomlDocument.load(folder + "/none") }.hasPrefix(folder + "/none: no such file"))
        #expect(refusal { _ = try TomlDocument.load(folder) }.contains("not a regular file"))
        #expect(refusal { _ = try TomlDocument.load(folder + "/pipe") }.contains("not a regular file"))
        try Data("a = 1".utf8).write(to: URL(fileURLWithPath: folder + "/good.toml"))
        #expect(try TomlDocument.load(folder + "/good.toml").root.read("a", .integer(in: 0...1)) == 1)
        try Data(repeating: UInt8(ascii: "#"), count: (1 << 20) + 1).write(
            to: URL(fileURLWithPath: folder + "/big.toml"))
        #expect(refusal { _ = try TomlDocument.load(folder + "/big.toml") }.contains("big.toml:1: "))
    }
}
