import Database
import Foundation
import TestSupport
import Testing

@testable import Terminal

/// A terminal that is killed while it records and syncs loses no mark, and the server has none of them twice.
@Suite(.serialized) struct Scenario004KilledTerminal {
    private static let kills = 300
    private static let people = 30
    /// Days of marks in a round; no two rounds share one, so a person has one mark a day.
    private static let days = 10
    /// 1 January 2010: marks must not be in the future.
    private static let firstDay = 14_610

    private let school: School
    private let state: TemporaryFolder
    private let child: BuiltProgram

    init() throws {
        school = try School()
        state = try TemporaryFolder()
        child = try BuiltProgram("outbox-crash-child")
        // One portrait serves: nobody is recognised here.
        let portrait = try Fixtures.portraits + "/grace_hopper.jpg"
        for number in 1...Self.people {
            let folder = school.folder.file("people/Person \(number)")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: folder + "/1.jpg", withDestinationPath: portrait)
        }
        try school.command("enrol", "--consent", "--folder", school.folder.file("people"), "--class", "7b")
    }

    @Test("300 kills: no recorded mark is lost, none is on the server twice", .timeLimit(.minutes(15)))
    func kills() throws {
        var server = try school.startServer()
        var recorded: Set<String> = []
        var midSync = 0
        for round in 0..<Self.kills {
            // Every tenth round the terminal begins anew, so that the making of its files is hit as well.
            if round % 10 == 0 {
                try drain(round)
                try renewState()
            }
            // The server is killed as well, with the terminal at work.
            let alsoServer = round % 60 == 30
            let ids = try killedChild(round, before: { if alsoServer { server.signal(SIGKILL) } })
            #expect(recorded.isDisjoint(with: ids))
            recorded.formUnion(ids)
            if try check(ids, round) { midSync += 1 }
            if alsoServer {
                #expect(server.end() == -SIGKILL)
                server = try school.startServer()
            }
        }
        try drain(Self.kills)
        print("\(Self.kills) kills: \(recorded.count) marks, \(midSync) kills with some of them sent and some not")

        let marks = try school.marks()
        let ids = marks.compactMap { ($0["id"] as? String)?.uppercased() }
        #expect(recorded.subtracting(ids) == [], "lost")
        #expect(Set(ids).count == ids.count)
        #expect(Set(marks.map { "\($0["person"] ?? "") \($0["session"] ?? "")" }).count == marks.count, "doubled")
        #expect(marks.allSatisfy { $0["decides"] as? Bool == true })
        // A mark whose printing the kill has prevented is there without having been seen.
        #expect(ids.count - recorded.count <= Self.kills)
        // The kills have hit what they are meant for.
        #expect(midSync > Self.kills / 10)
    }

    /// Starts the child, waits for some lines and milliseconds, kills it, and returns the ids it printed.
    private func killedChild(_ round: Int, before: () -> Void) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: child.path)
        process.arguments = arguments(round, days: Self.days)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var printed = Data()
        let wanted = Int.random(in: 0...40)
        while printed.count(where: { $0 == UInt8(ascii: "\n") }) < wanted {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            printed += more
        }
        before()
        usleep(UInt32.random(in: 0...60_000))
        kill(process.processIdentifier, SIGKILL)
        printed += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
        return lines(printed)
    }

    /// What was cut off by the kill does not count.
    private func lines(_ printed: Data) -> [String] {
        let whole = printed.prefix(upTo: printed.lastIndex(of: UInt8(ascii: "\n")) ?? printed.startIndex)
        return String(decoding: whole, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func arguments(_ round: Int, days: Int) -> [String] {
        [
            state.path, school.serverAddress, school.authority, String(Self.firstDay + round * Self.days), String(days),
        ]
    }

    /// The file is sound and has the round's marks; true when the server had answered for some of them, and for some not.
    private func check(_ ids: [String], _ round: Int) throws -> Bool {
        let outbox = try Outbox(path: state.file("outbox.db"))
        defer { outbox.close() }
        #expect(try outbox.summary.damage == [], "round \(round)")
        return try outbox.access { (connection, _) throws(DatabaseError) in
            #expect(try connection.check(quick: false) == [])
            var states: Set<String> = []
            for id in ids {
                let row = try connection.queryFirst("SELECT state FROM marks WHERE id = ?", [.text(id)])
                states.insert(try row?.text("state") ?? "lost")
            }
            #expect(states.isSubset(of: ["pending", "acknowledged"]), "round \(round)")
            return states.count == 2
        }
    }

    /// Lets the child send what is left.
    private func drain(_ round: Int) throws {
        guard FileManager.default.fileExists(atPath: state.file("outbox.db")) else { return }
        let outcome = try child.run(arguments(round, days: 0))
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private func renewState() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: state.path) {
            try FileManager.default.removeItem(atPath: state.file(name))
        }
        try FileManager.default.copyItem(atPath: school.folder.file("token"), toPath: state.file("token"))
    }
}
