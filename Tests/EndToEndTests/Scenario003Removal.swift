import Foundation
import TestSupport
import Testing

/// Somebody who is removed is deleted from the terminal too, and is not recognised any more.
@Suite(.serialized) struct Scenario003Removal {
    @Test func removalReachesTheTerminal() throws {
        let school = try School()
        for (name, file) in [("Grace Hopper", "grace_hopper.jpg"), ("Eileen Collins", "astronaut.png")] {
            try school.command("enrol", "--consent", name, "--class", "7b", "\(try Fixtures.portraits)/\(file)")
        }
        let server = try school.startServer()
        let terminal = try RunningProgram(
            school.terminal.path, ["--config", school.configureTerminal(stream: "-")])
        func people() -> Int? { (try? school.status()["roster"] as? [String: Any])?["people"] as? Int }
        try terminal.wait("the roster") { people() == 2 }
        try school.command("people", "remove", "Grace Hopper")
        try terminal.wait("the removal") { people() == 1 }

        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        stream.addEmptyScene(frames: 8, seed: 1)
        try stream.addWalkBy(of: Picture(portrait: "grace_hopper.jpg"), frames: 12, largestScale: 0.6, seed: 2)
        stream.addEmptyScene(frames: 20, seed: 3)
        try stream.addWalkBy(of: Picture(portrait: "astronaut.png"), frames: 12, largestScale: 1.2, seed: 4)
        try terminal.feed(stream.bytes)
        try terminal.wait("Eileen's mark") { try school.markedNames() == ["Eileen Collins"] }
        try terminal.endInput()
        #expect(terminal.end() == 0, "\(terminal.said)")
        #expect(try school.markedNames() == ["Eileen Collins"])
        withExtendedLifetime(server) {}
    }
}
