import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct TerminalStoreTests {
    let school: School

    init() throws { school = try School() }

    @Test func aTokenIsShownOnceAndOnlyItsHashIsKept() throws {
        let (terminal, token) = try school.database.terminals.add(name: "north door")
        #expect(token.text.hasPrefix("rct_") && token.text.utf8.count == 47)
        #expect(token.text.dropFirst(4).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        #expect("\(token) \(String(reflecting: token))".contains(token.text) == false)
        #expect(try school.look("SELECT token_hash FROM terminals").map { try $0.blob("token_hash") } == [token.hash])
        if let file = school.file {
            #expect(try Data(contentsOf: URL(filePath: file)).range(of: Data(token.text.utf8)) == nil)
        }
        #expect(try school.database.terminals.find(token) == terminal)
    }

    @Test func tokensAreAllDifferent() {
        #expect(Set((0..<1000).map { _ in SecretToken.make(.terminal).text }).count == 1000)
    }

    @Test func aRevokedOrForeignTokenFindsNobody() throws {
        let token = try school.database.terminals.add(name: "door").token
        #expect(try school.database.terminals.find(SecretToken.make(.terminal)) == nil)
        try school.database.terminals.revoke(name: "door")
        #expect(try school.database.terminals.find(token) == nil)
        #expect(try school.database.terminals.list().map { $0.revoked != nil } == [true])
        #expect(throws: ServerError.self) { try school.database.terminals.revoke(name: "door") }
        #expect(throws: ServerError.self) { try school.database.terminals.revoke(name: "nobody") }
    }

    @Test func aRenewedTokenTakesTheOldOnesPlace() throws {
        let terminals = school.database.terminals
        let (terminal, first) = try terminals.add(name: "door")
        let second = try terminals.renew(name: "door")
        #expect(try terminals.find(first) == nil)
        #expect(try terminals.find(second)?.id == terminal.id, "id, name and history stay")
        try terminals.revoke(name: "door")
        let third = try terminals.renew(name: "door")
        #expect(try terminals.find(second) == nil)
        #expect(try terminals.find(third)?.id == terminal.id, "it is good again")
        let refusal = #expect(throws: ServerError.self) { try terminals.renew(name: "gate") }
        #expect(refusal?.description.contains("no terminal named gate") == true)
        #expect(try terminals.list().map(\.name) == ["door"])
    }

    @Test func aNameIsTakenOnce() throws {
        _ = try school.database.terminals.add(name: "door")
        let refusal = #expect(throws: ServerError.self) { try school.database.terminals.add(name: "door") }
        #expect(refusal?.description.contains("exists already") == true)
        #expect(refusal?.description.contains("rollcall-server terminal renew") == true)
    }

    @Test(arguments: [
        "", "rct_", "rct_short", "xyz_" + String(repeating: "a", count: 43), String(repeating: "r", count: 9999),
    ])
    func whatCannotBeATokenIsNone(text: String) {
        #expect(SecretToken(text, .terminal) == nil)
    }
}
