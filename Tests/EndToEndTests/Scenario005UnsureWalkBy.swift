import Foundation
import TestSupport
import Testing

/// A portrait that is held up makes no mark; staff see that somebody held it up, once, and what they decide counts.
@Suite(.serialized) struct Scenario005UnsureWalkBy {
    @Test func aPortraitThatIsHeldUpIsShownToStaff() throws {
        let school = try School()
        try school.command(
            "enrol", "--consent", "Eileen Collins", "--class", "7b", "\(try Fixtures.portraits)/astronaut.png")
        let server = try school.startServer()
        let configuration = try school.configureTerminal(stream: "-")
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
            .replacing("roster_interval = 1", with: "roster_interval = 1\nheartbeat_interval = 1")
        try school.folder.write("terminal.toml", text + "\n[recognition]\nliveness = \"on\"\n")
        let terminal = try RunningProgram(school.terminal.path, ["--config", configuration])
        try terminal.wait("the roster") { (try? school.status()["roster"] as? [String: Any])?["people"] as? Int == 1 }

        // Twice, with nobody in between.
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        let eileen = try Picture(portrait: "astronaut.png")
        for seed in 1...2 as ClosedRange<UInt64> {
            stream.addEmptyScene(frames: 30, seed: seed)
            for look in 0..<20 {
                let swing = Double(look % 10 < 5 ? look % 5 : 5 - look % 5)
                stream.add(
                    eileen.transformed(
                        scale: 0.62, angle: 0.01 * swing, x: 8 * swing - 20, y: 4 * swing, canvas: (640, 480)
                    ).noisy(4, seed: seed * 100 + UInt64(look)))
            }
        }
        stream.addEmptyScene(frames: 30, seed: 9)
        try terminal.feed(stream.bytes)
        func walkBys() throws -> [[String: Any]] {
            let json = try school.command("walk-bys", "list", "--json", "--state", "open")
            return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        }
        try terminal.wait("the walk-by on the server") { try !walkBys().isEmpty }
        try terminal.wait("both to have passed") {
            let recognition = try school.status()["recognition"] as? [String: Any]
            return recognition?["suspicious"] as? Int == 2
        }
        terminal.signal(SIGTERM)
        #expect(terminal.end() == 0, "\(terminal.said)")
        let listed = try walkBys()
        #expect(listed.count == 1, "one a session, person and reason")
        #expect(listed.first?["reason"] as? String == "suspicious" && listed.first?["terminal"] as? String == "door")
        let people = try #require(listed.first?["people"] as? [[String: Any]])
        #expect(people.map { $0["name"] as? String } == ["Eileen Collins"])
        #expect(try school.markedNames() == [])
        withExtendedLifetime(server) {}
    }
}
