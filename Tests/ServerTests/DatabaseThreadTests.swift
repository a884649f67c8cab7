import Foundation
import Synchronization
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct DatabaseThreadTests {
    let school: School

    init() throws { school = try School() }

    /// As many calls at one time as the database can serve, and no more; the others wait their turn.
    @Test func callsRunOnAsManyThreadsAsTheDatabaseServes() async throws {
        let thread = DatabaseThread(school.database)
        let running = Running()
        try await withThrowingTaskGroup { group in
            for _ in 0..<24 {
                group.addTask {
                    try await thread.run { _ throws(ServerError) in
                        running.begin()
                        usleep(20_000)
                        running.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.most == school.database.threads)
        #expect(running.calls == 24)
    }

    @Test func whatTheBodyThrowsComesOut() async throws {
        let thread = DatabaseThread(school.database)
        await #expect(throws: ServerError.refused("no")) {
            try await thread.run { _ throws(ServerError) in throw .refused("no") }
        }
        #expect(try await thread.run { _ throws(ServerError) in 7 } == 7)
    }

    /// Nobody waits any more for the answer to a call whose turn comes late: it is not made.
    @Test func aCallThatWaitedForTooLongIsRefusedAndNotMade() async throws {
        // Every wait is too long for it.
        let thread = DatabaseThread(school.database, patience: .zero)
        let late = Running()
        await #expect(throws: Problem.overloaded) {
            try await thread.run { _ throws(ServerError) in late.begin() }
        }
        await #expect(throws: Problem.overloaded) {
            try await thread.runFirst { _ throws(ServerError) in late.begin() }
        }
        #expect(late.calls == 0)
        #expect(try await thread.runPatiently { _ throws(ServerError) in 7 } == 7, "the server's own work waits")
    }

    /// What goes first passes those that wait, and yet keeps nobody out.
    @Test func whatGoesFirstPassesTheOthersButForSome() {
        var turns = Turns<String>()
        for number in 0..<3 { turns.add("usual \(number)", .usual) }
        for number in 0..<20 { turns.add("first \(number)", .first) }
        var order: [String] = []
        while let call = turns.next() { order.append(call) }
        var wanted = (0..<20).map { "first \($0)" }
        for (number, place) in [8, 17, 22].enumerated() { wanted.insert("usual \(number)", at: place) }
        #expect(order == wanted)
        for number in 0..<1000 { turns.add("\(number)", .usual) }
        #expect((0..<1000).allSatisfy { turns.next() == "\($0)" })
        #expect(turns.next() == nil)
    }

    private final class Running: Sendable {
        private let state = Mutex((now: 0, most: 0, calls: 0))

        func begin() {
            state.withLock { state in
                state.now += 1
                state.calls += 1
                state.most = max(state.most, state.now)
            }
        }

        func end() { state.withLock { $0.now -= 1 } }

        var most: Int { state.withLock { $0.most } }
        var calls: Int { state.withLock { $0.calls } }
    }
}
