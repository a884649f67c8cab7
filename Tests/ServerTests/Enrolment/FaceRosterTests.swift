import Database
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase, .timeLimit(.minutes(10))) struct FaceRosterTests {
    let school: School
    let roster: FaceRoster

    init() throws {
        school = try School()
        roster = FaceRoster(database: DatabaseThread(school.database, patience: .seconds(600)))
    }

    private func names() async throws -> [String] {
        try await roster.identifier().roster.people.map(\.name).sorted()
    }

    @Test func whoeverComesWhileTheRosterIsMadeReadyHasItFromThere() async throws {
        for number in 0..<50 { _ = try school.enrol("Person \(number)") }
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<24 { group.addTask { try await roster.identifier().roster.people.count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [Int](repeating: 50, count: 24))
        #expect(roster.number == 1, "made once for all")
    }

    @Test func nobodyGetsARosterOfBeforeTheirOwnChange() async throws {
        let school = school
        let roster = roster
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<24 {
                group.addTask {
                    let name = "Person \(number)"
                    let person = try school.enrol(name)
                    let there = try await roster.identifier().roster.people.map(\.id)
                    #expect(there.contains(person.id))
                    if number.isMultiple(of: 2) {
                        _ = try school.database.people.remove(name)
                        let left = try await roster.identifier().roster.people.map(\.id)
                        #expect(!left.contains(person.id))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await names().count == 12)
        #expect(roster.number <= 36, "at most once a change")
    }

    @Test func whoIsNotOnTheRosterDoesNotHaveItMadeAnew() async throws {
        _ = try school.enrol("Ada")
        #expect(try await names() == ["Ada"])
        let before = try school.database.people.revision()
        _ = try school.admin()
        #expect(try school.database.people.revision() != before)
        #expect(try await names() == ["Ada"] && roster.number == 1)
    }

    @Test func whatCannotBeReadIsSaidToEverybodyWhoWaitsAndTriedAgain() async throws {
        _ = try school.enrol("Ada")
        let ben = try school.enrol("Ben")
        _ = try school.database.transaction { session throws(ServerError) in
            try session.run("UPDATE templates SET sealed = ? WHERE person = ?", [.blob([1, 2, 3]), .id(ben.id)])
        }
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do {
                        return try await roster.identifier().roster.people.isEmpty
                    } catch { return error is ServerError }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failures == 8)
        _ = try school.database.people.remove("Ben")
        #expect(try await names() == ["Ada"])
    }
}
