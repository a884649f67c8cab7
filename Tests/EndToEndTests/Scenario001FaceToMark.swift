import Foundation
import TestSupport
import Testing

/// The whole way: a face that passes becomes one durable mark on the server; a stranger becomes none.
@Suite(.serialized) struct Scenario001FaceToMark {
    @Test func enrolledPeopleAreMarkedOnceAndTheStrangerIsNot() throws {
        let school = try School()
        let portraits = try Fixtures.portraits
        for (name, file) in [("Grace Hopper", "grace_hopper.jpg"), ("Eileen Collins", "astronaut.png")] {
            try school.command("enrol", "--consent", name, "--class", "7b", "\(portraits)/\(file)")
        }
        let server = try school.startServer()
        let terminal = try RunningProgram(
            school.terminal.path, ["--config", school.configureTerminal(stream: "-", pace: "full_speed")])
        try terminal.wait("the roster") { (try? school.status()["roster"] as? [String: Any])?["people"] as? Int == 2 }

        let page = try RunningProgram(
            "/usr/bin/curl", ["-sS", "--no-buffer", "http://127.0.0.1:\(school.statusPort)/events"])
        try page.wait("the door's state") { page.said.contains("event: door") }

        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        stream.addEmptyScene(frames: 8, seed: 1)
        try stream.addWalkBy(
            of: Picture(portrait: "grace_hopper.jpg").brightened(0.85), frames: 12, largestScale: 0.6, seed: 2)
        stream.addEmptyScene(frames: 20, seed: 3)
        try stream.addWalkBy(
            of: Picture(portrait: "filippo_giunchedi.jpg"), frames: 12, largestScale: 0.55, seed: 4)
        stream.addEmptyScene(frames: 20, seed: 5)
        // The page says that he is unknown before the next one comes, who is told nothing of it.
        let before = stream.bytes
        try terminal.feed(before)
        try page.wait("an unknown face") { page.said.contains("\"message\":\"unknown\"") }
        try stream.addWalkBy(
            of: Picture(portrait: "astronaut.png").brightened(1.1), frames: 12, largestScale: 1.2, seed: 6)
        stream.addEmptyScene(frames: 20, seed: 7)
        // Grace comes back: still one mark.
        try stream.addWalkBy(of: Picture(portrait: "grace_hopper.jpg"), frames: 12, largestScale: 0.6, seed: 8)
        try terminal.feed(Array(stream.bytes.dropFirst(before.count)))

        try terminal.wait("both marks on the server") { try school.markedNames().count == 2 }
        let status = try school.status()
        let marks = try #require(status["last_marks"] as? [[String: Any]])
        #expect(Set(marks.compactMap { $0["name"] as? String }) == ["Grace Hopper", "Eileen Collins"])
        #expect(try school.get("http://127.0.0.1:\(school.statusPort)/status", method: "POST").status == 405)
        #expect(try school.get("http://127.0.0.1:\(school.statusPort)/healthz").status == 200)
        #expect(try school.get("http://127.0.0.1:\(school.statusPort)/metrics").body.contains("# TYPE"))

        // The page at the door heard of both as they passed, without a name: none is configured.
        #expect(page.said.components(separatedBy: "\"kind\":\"marked\"").count == 3, "\(page.said)")
        #expect(page.said.contains("\"fit\":\"good\""))
        #expect(!page.said.contains("Grace") && !page.said.contains("Eileen"))

        #expect(try terminal.seccompModes() == [2], "a thread of the terminal may listen on other sockets")

        try terminal.endInput()
        #expect(terminal.end() == 0, "\(terminal.said)")
        #expect(try school.markedNames() == ["Eileen Collins", "Grace Hopper"])
        #expect(terminal.said.contains("somebody"), "the stranger is in the log: \(terminal.said)")
        server.signal(SIGTERM)
        #expect(server.end() == 0, "\(server.said)")
    }
}
