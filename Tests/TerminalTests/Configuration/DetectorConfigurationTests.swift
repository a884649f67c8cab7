import Configuration
import Faces
import Foundation
import TestSupport
import Testing

@testable import Terminal

/// `recognition.detector` and `recognition.haar_cascade`.
@Suite struct DetectorConfigurationTests {
    private func recognition(_ lines: String) throws -> TerminalConfiguration.Recognition {
        let text = "[server]\nurl = \"https://a\"\n[recognition]\n\(lines)\n"
        let document = try TomlDocument(bytes: Array(text.utf8), file: "/etc/rollcall/terminal.toml")
        let configuration = try TerminalConfiguration(document)
        try document.finish()
        return configuration.recognition
    }

    @Test func hogIsTheDefault() throws {
        let standard = try recognition("")
        #expect(standard.detector == .hog)
        #expect(standard.haarCascade == "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml")
    }

    @Test(arguments: DetectorKind.allCases) func everyKindHasAName(kind: DetectorKind) throws {
        #expect(try recognition("detector = \"\(kind.rawValue)\"").detector == kind)
    }

    @Test func aRelativeCascadeIsMeantFromTheConfiguration() throws {
        #expect(try recognition("haar_cascade = \"faces.xml\"").haarCascade == "/etc/rollcall/faces.xml")
    }

    /// HOG does not read it, the other two refuse the start and say which key is wrong.
    @Test(arguments: DetectorKind.allCases) func aMissingCascadeRefusesTheStart(kind: DetectorKind) throws {
        let folder = try TemporaryFolder()
        try folder.write("token", "rct_0123456789abcdef\n")
        let config = try folder.write(
            "terminal.toml",
            """
            [models]
            pack = "\(try Fixtures.models)/rollcall-models.pack"
            [recognition]
            detector = "\(kind.rawValue)"
            haar_cascade = "missing.xml"
            [state]
            directory = "state"
            [server]
            url = "https://localhost:1"
            token_file = "token"
            [keys]
            template_key_file = "key"
            """)
        let outcome = try BuiltProgram("rollcalld").run(["--check", "--config", config])
        #expect(outcome.status == (kind == .hog ? 0 : 78), "\(outcome.errors)")
        let place = "\(config): recognition.haar_cascade: the Haar cascade \(folder.file("missing.xml")) cannot be used"
        #expect(outcome.errors.contains(place) == (kind != .hog))
    }
}
