import Foundation
import TestSupport
import Testing

@testable import Configuration

@Suite("Settings of the environment") struct EnvironmentTests {
    private enum Colour: String, CaseIterable { case red, green }

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(
        _ text: String = "", process: [String: String] = [:], env: String? = nil, mode: mode_t = 0o600
    ) throws -> TomlDocument {
        let path = try folder.write("x.toml", text)
        if let env { try folder.write(".env", env, mode: mode) }
        let settings = try EnvironmentSettings(prefix: "ROLLCALL", process: process, beside: path)
        return try TomlDocument.load(path, environment: settings)
    }

    private func refusal(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test func everyTypeIsReadAsInTheFile() throws {
        let table = try load(
            process: [
                "ROLLCALL_A_NAME": "8443", "ROLLCALL_A_COUNT": "7", "ROLLCALL_A_SHARE": "0.5", "ROLLCALL_A_WHOLE": "2",
                "ROLLCALL_A_ON": "true", "ROLLCALL_A_LIST": "x, y", "ROLLCALL_A_ARRAY": "[\"x\", \"y,z\"]",
                "ROLLCALL_A_ONE": "x", "ROLLCALL_A_COLOUR": "green", "ROLLCALL_A_UNTIL": "09:00",
                "ROLLCALL_A_SPAN": "1.5", "ROLLCALL_A_QUOTED_NAME": "\"x\"",
            ]
        ).table("a")
        #expect(try table.read("name", .text) == "8443")
        #expect(try table.read("count", .integer(in: 0...10)) == 7)
        #expect(try table.read("share", .number(in: 0...1)) == 0.5 && table.read("whole", .number(in: 0...3)) == 2)
        #expect(try table.read("on", .boolean) == true)
        #expect(try table.read("list", .list(of: .text)) == ["x", "y"])
        #expect(try table.read("array", .list(of: .text)) == ["x", "y,z"])
        #expect(try table.read("one", .list(of: .text)) == ["x"])
        #expect(try table.read("colour", .choice(of: Colour.self)) == .green)
        #expect(try table.read("until", .timeOfDay) == "09:00:00")
        #expect(try table.read("span", .seconds(in: 0...10)) == .milliseconds(1500))
        #expect(try table.read("quoted-name", .text) == "\"x\"", "what is written is the text")
    }

    @Test func theEnvironmentWinsOverTheEnvFileAndThatOverTheFile() throws {
        let document = try load(
            "[a]\none = 1\ntwo = 1\nthree = 1", process: ["ROLLCALL_A_ONE": "3"],
            env: "ROLLCALL_A_ONE=2\nROLLCALL_A_TWO=2\n")
        let table = try document.table("a")
        #expect(try ["one", "two", "three"].map { try table.read($0, .integer(in: 0...9)) } == [3, 2, 1])
        #expect(["one", "two", "three"].map { table.isFromEnvironment($0) } == [true, true, false])
        try document.finish()
    }

    @Test func aTableOfTheEnvironmentAloneIsPresent() throws {
        let document = try load(process: ["ROLLCALL_MAIL_HOST": "h", "ROLLCALL_A_B_KEY": "v"])
        #expect(try document.table("mail").isPresent && document.table("mail").has("host"))
        #expect(try !document.table("other").isPresent && !document.table("mail").has("port"))
        #expect(try document.table("mail").require("host", .text) == "h")
        #expect(
            try document.table("a").table("b").read("key", .text) == "v", "a dot of a table's name is an underscore")
    }

    @Test func relativePathsAreMeantFromTheEnvFileOrTheWorkingDirectory() throws {
        let table = try load(process: ["ROLLCALL_A_X": "m/x"], env: "ROLLCALL_A_Y=m/y\nROLLCALL_A_Z=/z").table("a")
        #expect(try table.read("x", .path) == "m/x")
        #expect(try table.read("y", .path) == folder.file("m/y") && table.read("z", .path) == "/z")
    }

    @Test func anErrorNamesWhereTheValueCameFrom() throws {
        let table = try load(process: ["ROLLCALL_A_PORT": "many"], env: "# c\n\nROLLCALL_A_COUNT=\"12x\"").table("a")
        #expect(
            refusal { _ = try table.read("port", .integer(in: 1...9)) }
                == "environment: ROLLCALL_A_PORT: expected a whole number from 1 to 9, found the string \"many\"")
        #expect(
            refusal { _ = try table.read("count", .integer(in: 1...9)) } == """
                \(folder.file(".env")):3: ROLLCALL_A_COUNT: expected a whole number from 1 to 9, found the string "12x"
                """)
        #expect("\(table.refusal("port", "no"))" == "environment: ROLLCALL_A_PORT: no")
    }

    @Test(arguments: ["", "x\ny = 1", "\u{1b}[31m", "1 2", "[", "'"])
    func hostileValuesAreRefusedOnOneLine(_ value: String) throws {
        let message = refusal {
            _ = try load(process: ["ROLLCALL_A_PORT": value]).table("a").read("port", .integer(in: 1...9))
        }
        #expect(message.hasPrefix("environment: ROLLCALL_A_PORT: expected"))
        #expect(!message.contains("\n") && !message.contains("\u{1b}"))
    }

    @Test func aSecretIsNotRepeated() throws {
        let table = try load(process: ["ROLLCALL_A_URL": "ftp://s3cret", "ROLLCALL_A_PASSWORD": "s3cret"]).table("a")
        for key in ["url", "password"] {
            let message = refusal { _ = try table.read(key, .integer(in: 1...9)) }
            #expect(message.contains("expected") && !message.contains("s3cret"))
        }
    }

    @Test func anUnknownVariableOfAKnownTableIsRefused() throws {
        func finish(_ process: [String: String], env: String? = nil) -> String {
            refusal {
                let document = try load(process: process, env: env)
                _ = try document.table("listen").read("port", .integer(in: 1...9))
                _ = try document.table("listen").read("address", .text)
                _ = try document.table("classes").tables()
                try document.finish()
            }
        }
        #expect(
            finish(["ROLLCALL_LISTEN_PROT": "1"])
                == "environment: ROLLCALL_LISTEN_PROT: unknown key; did you mean ROLLCALL_LISTEN_PORT?")
        #expect(
            finish([:], env: "ROLLCALL_LISTEN_ZZZ=1") == """
                \(folder.file(".env")):1: ROLLCALL_LISTEN_ZZZ: unknown key; known here: ROLLCALL_LISTEN_ADDRESS, \
                ROLLCALL_LISTEN_PORT
                """)
        try FileManager.default.removeItem(atPath: folder.file(".env"))
        #expect(finish(["ROLLCALL_CLASSES_7B_UNTIL": "1"]).hasSuffix("are in the configuration file only"))
        #expect(
            finish(["ROLLCALL_MODELS": "1", "ROLLCALL_OTHER_X": "1", "PATH": "1", "rollcall_listen_x": ""])
                == "accepted")
    }

    @Test func theEnvFileHasPlainAndQuotedValues() throws {
        let settings = try EnvironmentFile.parse(
            """
            # comment
              export A=plain # comment
            B = "two words # no comment" # comment
            C='single "marks" \\ here'
            D="a \\"mark\\" and a \\\\ and $HOME"
            E=
            F=pass#word
            OTHER_1=x=y\r
            """, file: "/etc/x/.env")
        let values = Dictionary(uniqueKeysWithValues: settings.map { ($0.variable, $0.text) })
        #expect(
            values == [
                "A": "plain", "B": "two words # no comment", "C": "single \"marks\" \\ here",
                "D": "a \"mark\" and a \\ and $HOME", "E": "", "F": "pass#word", "OTHER_1": "x=y",
            ])
        #expect(settings.map(\.line) == [2, 3, 4, 5, 6, 7, 8])
        #expect(settings.allSatisfy { $0.directory == "/etc/x" })
    }

    @Test(arguments: ["s3cret", "=s3cret", "A B=s3cret", "A=\"s3cret", "A='s3cret' x", "A-B=s3cret", "A=1\nA=s3cret"])
    func aLineThatIsNoSettingIsNamedAndNotRepeated(_ text: String) {
        let message = refusal { _ = try EnvironmentFile.parse(text, file: "/x/.env") }
        #expect(message.hasPrefix("/x/.env:\(text.contains("\n") ? 2 : 1): ") && !message.contains("s3cret"))
    }

    @Test func anEnvFileWithASecretThatOthersMayReadIsRefused() throws {
        for name in ["DATABASE_URL", "MAIL_PASSWORD", "IMAGES_API_SECRET"] {
            let message = refusal { _ = try load(env: "ROLLCALL_\(name)=s3cret", mode: 0o644) }
            #expect(message.contains("ROLLCALL_\(name)") && message.contains("chmod o= \(folder.file(".env"))"))
            #expect(!message.contains("s3cret"))
        }
        #expect(try load(env: "ROLLCALL_A_URL=x", mode: 0o640).table("a").read("url", .text) == "x")
        #expect(try load(env: "ROLLCALL_A_PORT=8", mode: 0o644).table("a").read("port", .integer(in: 0...9)) == 8)
    }

    @Test func theFileMayBeMissingWhereTheEnvironmentSaysSomething() throws {
        let path = folder.file("none.toml")
        let settings = try EnvironmentSettings(prefix: "ROLLCALL", process: ["ROLLCALL_A_X": "1"], beside: path)
        let document = try TomlDocument.load(path, environment: settings, isOptional: true)
        #expect(try document.table("a").read("x", .integer(in: 0...9)) == 1)
        #expect(refusal { _ = try document.table("a").require("y", .text) }.contains("and ROLLCALL_A_Y is not set"))
        #expect(refusal { _ = try TomlDocument.load(path, environment: settings) }.contains("no such file"))
        #expect(refusal { _ = try TomlDocument.load(path, isOptional: true) }.contains("no such file"))
    }
}
