import Foundation
import TestSupport
import Testing

@testable import Server

/// The QR code of a registration, read by another's reader.
@Suite struct FleetCodePictureTests {
    private static let python = ["PYTHONPATH": "\(Fixtures.package)/var/python"]
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ svg: String) async throws -> Command.Result {
        let file = try folder.write("code.svg", svg)
        let script = "\(Fixtures.package)/Tests/ServerTests/Pages/read_qr.py"
        return try await Command.run("/usr/bin/python3", [script, file], environment: Self.python)
    }

    @Test(arguments: ["rollcall.school.example:8443", "[2001:db8::17]:8443", nil])
    func aReaderFindsTheServerAndTheCommand(_ host: String?) async throws {
        let sheet = RegistrationSheet(code: .make(.registration), host: host)
        let found = try await read(try #require(QRCode(sheet.text)).svg)
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.output == sheet.text)
        #expect(found.output.hasSuffix("sudo rollcallctl register --code \(sheet.code.text)"))
        #expect(found.output.contains("https://") == (host != nil))
    }

    /// It is one: a damaged picture is not read.
    @Test func aPictureWithoutItsPatternsIsNotRead() async throws {
        let svg = try #require(QRCode("a code")).svg
        let found = try await read(svg.replacing(/h7v1h-7z/, with: "h1v1h-1z"))
        #expect(found.status != 0)
    }

    /// Pasted into a shell of the terminal, it runs the command and nothing else.
    @Test func theTextIsAScriptOfOneCommand() async throws {
        let sheet = RegistrationSheet(code: .make(.registration), host: "door.example")
        let script = "sudo() { printf '%s\\n' \"$@\"; }\n\(sheet.text)"
        let ran = try await Command.run("/bin/sh", ["-c", script])
        #expect(ran.output == "rollcallctl\nregister\n--code\n\(sheet.code.text)\n" && ran.errors.isEmpty)
    }

    @Test(arguments: ["a b", "a\"b", "a\nrm -rf /", "<script>", "", "a$(reboot)", String(repeating: "a", count: 256)])
    func whatIsNoHostIsLeftOut(_ host: String) {
        let sheet = RegistrationSheet(code: .make(.registration), host: host)
        #expect(sheet.setting == nil && sheet.text == sheet.command)
    }

    @Test func aTextThatIsTooLongHasNoCode() {
        #expect(QRCode("") == nil && QRCode(String(repeating: "a", count: 3000)) == nil)
        #expect(QRCode("a")?.width == 21)
    }
}
