import Foundation
import TestSupport
import Testing

/// A terminal without its server loses nothing: the marks wait in the outbox and arrive later, once each.
@Suite(.serialized) struct Scenario002ServerAway {
    @Test func marksWaitForTheServerAndArriveOnce() throws {
        let school = try School()
        try school.command(
            "enrol", "--consent", "Grace Hopper", "--class", "7b", "\(try Fixtures.portraits)/grace_hopper.jpg")
        let configuration = try school.configureTerminal(stream: "-")
        // First the roster, then the server goes away.
        var server = try school.startServer()
        let terminal = try RunningProgram(school.terminal.path, ["--config", configuration])
        try terminal.wait("the roster") { (try? school.status()["roster"] as? [String: Any])?["people"] as? Int == 1 }
        server.signal(SIGTERM)
        #expect(server.end() == 0)

        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        stream.addEmptyScene(frames: 8, seed: 1)
        try stream.addWalkBy(of: Picture(portrait: "grace_hopper.jpg"), frames: 12, largestScale: 0.6, seed: 2)
        try terminal.feed(stream.bytes)
        try terminal.wait("a mark in the outbox") {
            (try school.status()["outbox"] as? [String: Any])?["depth"] as? Int == 1
        }
        #expect(try school.markedNames() == [])
        // The power fails: nothing is flushed, nobody is told.
        terminal.signal(SIGKILL)
        #expect(terminal.end() == -SIGKILL)

        server = try school.startServer()
        let again = try RunningProgram(school.terminal.path, ["--config", configuration])
        try again.feed(Array(stream.bytes))
        try again.wait("the mark on the server") { try school.markedNames() == ["Grace Hopper"] }
        again.signal(SIGTERM)
        #expect(again.end() == 0, "\(again.said)")
        #expect(try school.markedNames() == ["Grace Hopper"])
    }
}
