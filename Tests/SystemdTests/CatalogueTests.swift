import Foundation
import Testing

@testable import Systemd

@Suite("The journal's catalogue")
struct CatalogueTests {
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../etc/rollcall.catalog").standardizedFileURL.path

    /// The text of each entry by its id.
    private func entries() throws -> [String: String] {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        var result: [String: String] = [:]
        var id = ""
        for line in text.components(separatedBy: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("-- ") {
                id = String(line.dropFirst(3))
                #expect(result[id] == nil, "\(id) is there twice")
            }
            result[id, default: ""] += line + "\n"
        }
        result[""] = nil
        return result
    }

    @Test func everyMessageIsExplainedWithItsNextStep() throws {
        let entries = try entries()
        #expect(Set(entries.keys) == Set(MessageID.allCases.map(\.rawValue)))
        for (id, entry) in entries {
            let (head, body) = (
                entry.components(separatedBy: "\n\n")[0], entry.components(separatedBy: "\n\n").dropFirst()
            )
            #expect(head.contains("\nSubject: ") && head.contains("\nDefined-By: Rollcall"), "\(id)")
            #expect(body.count >= 2, "\(id) needs an explanation and a next step")
        }
    }

    @Test func idsAreRandomAndDifferent() {
        let ids = MessageID.allCases.map(\.rawValue)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.wholeMatch(of: try! Regex("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}")) != nil, "\(id)")
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/journalctl"), "there is no journalctl"))
    func journalctlReadsIt() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        for folder in ["/usr/lib/systemd/catalog", "/var/lib/systemd/catalog"] {
            try FileManager.default.createDirectory(atPath: root + folder, withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(atPath: Self.path, toPath: root + "/usr/lib/systemd/catalog/rollcall.catalog")

        let update = try run("/usr/bin/journalctl", "--root=\(root)", "--update-catalog")
        #expect(update.status == 0 && update.output.isEmpty)
        let list = try run("/usr/bin/journalctl", "--root=\(root)", "--list-catalog").output
        for id in MessageID.allCases { #expect(list.contains("\(id.rawValue) Rollcall: "), "\(id)") }
    }
}
