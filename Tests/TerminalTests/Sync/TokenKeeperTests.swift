import Attendance
import Database
import Foundation
import SyncProtocol
import Systemd
import TestSupport
import Testing

@testable import Terminal

struct TokenKeeperTests {
    private static let day: Int64 = 86_400_000
    private static let start = Instant(milliseconds: 1_788_247_800_000)

    private let folder: TemporaryFolder
    private let file: TokenFile
    private let source: BearerToken

    init() throws {
        folder = try TemporaryFolder()
        file = try Self.file(in: folder, key: 7)
        source = try Self.token("first-token")
    }

    private static func file(in folder: TemporaryFolder, key: UInt8) throws -> TokenFile {
        TokenFile(folder: folder.path, vault: try TemplateVault(key: [UInt8](repeating: key, count: 32)))
    }

    private static func token(_ text: String) throws -> BearerToken { try BearerToken(Redacted(text)) }

    private func grant(_ number: Int) -> TokenGrant { TokenGrant(token: "token-number-\(number)-xxx", name: "door") }

    /// A keeper whose token has come to its end at `Self.start`.
    private func oldKeeper() throws -> TokenKeeper {
        var keeper = TokenKeeper(file, source: source)
        let isDue = try keeper.isDue(at: Self.after(days: -30))
        #expect(!isDue)
        return keeper
    }

    private static func after(days: Int64, milliseconds: Int64 = 0) -> Instant {
        start.advanced(byMilliseconds: days * day + milliseconds)
    }

    /// Asks a copy, so that the keeper stays as it is.
    private func isDue(_ keeper: TokenKeeper, at time: Instant) throws -> Bool {
        var copy = keeper
        return try copy.isDue(at: time)
    }

    private func text(_ keeper: TokenKeeper) -> String { keeper.current.value.reveal() }

    @Test func aTokenLastsThirtyDaysFromItsFirstUse() throws {
        let keeper = try oldKeeper()
        #expect(text(keeper) == "first-token")
        #expect(try !isDue(keeper, at: Self.after(days: 0, milliseconds: -1)))
        #expect(try isDue(keeper, at: Self.start))
        // Its life goes on where it was after a restart.
        let restarted = TokenKeeper(file, source: source)
        #expect(try !isDue(restarted, at: Self.after(days: 0, milliseconds: -1)))
        #expect(try isDue(restarted, at: Self.start))
    }

    @Test func aNewTokenIsOnTheDiskBeforeItIsUsed() throws {
        var keeper = try oldKeeper()
        let token = try keeper.take(grant(1), at: Self.start)
        #expect(token.value.reveal() == "token-number-1-xxx")
        #expect(text(keeper) == "token-number-1-xxx")
        let restarted = TokenKeeper(file, source: source)
        #expect(text(restarted) == "token-number-1-xxx")
        #expect(try !isDue(restarted, at: Self.after(days: 30, milliseconds: -1)))
        #expect(try isDue(restarted, at: Self.after(days: 30)))
    }

    @Test func theFileIsSealedAndClosed() throws {
        var keeper = try oldKeeper()
        _ = try keeper.take(grant(1), at: Self.start)
        let bytes = try Data(contentsOf: URL(filePath: folder.file("token")))
        for text in ["first-token", "token-number-1", "source"] { #expect(bytes.range(of: Data(text.utf8)) == nil) }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("token"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let foreign = TokenKeeper(try Self.file(in: folder, key: 8), source: source)
        #expect(text(foreign) == "first-token", "another key opens nothing")
    }

    @Test func anotherTokenFromTheOperatorWins() throws {
        var keeper = try oldKeeper()
        _ = try keeper.take(grant(1), at: Self.start)
        var replaced = TokenKeeper(file, source: try Self.token("registered-again"))
        #expect(text(replaced) == "registered-again")
        let isDue = try replaced.isDue(at: Self.after(days: 90))
        #expect(!isDue, "its life begins")
        #expect(text(TokenKeeper(file, source: source)) == "first-token", "what followed the old one is gone")
    }

    @Test(arguments: [[], [1], [UInt8](repeating: 0, count: 500), [UInt8](repeating: 1, count: 9000)])
    func aDamagedFileLeavesTheOperatorsToken(bytes: [UInt8]) throws {
        try folder.write("token", bytes)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("token"))
        #expect(text(TokenKeeper(file, source: source)) == "first-token")
    }

    @Test func whatCannotBeStoredIsNotUsed() throws {
        let missing = TokenFile(
            folder: folder.file("nowhere"), vault: try TemplateVault(key: [UInt8](repeating: 7, count: 32)))
        var keeper = TokenKeeper(missing, source: source)
        #expect(throws: TokenError.self) { try isDue(keeper, at: Self.start) }
        var copy = keeper
        #expect(throws: TokenError.self) { try copy.take(grant(1), at: Self.start) }
        #expect(text(copy) == "first-token")
        keeper.putOff(at: Self.start)
        #expect(try !isDue(keeper, at: Self.after(days: 1, milliseconds: -1)), "no word each minute")
        #expect(throws: TokenError.self) { try isDue(keeper, at: Self.after(days: 1)) }
    }

    @Test func theOneBeforeIsTriedWhenTheNewOneIsRefused() throws {
        var keeper = try oldKeeper()
        let none = keeper.takeOther()?.value.reveal()
        #expect(none == nil)
        _ = try keeper.take(grant(1), at: Self.start)
        let others = (0..<3).map { _ in keeper.takeOther()?.value.reveal() }
        #expect(others == ["first-token", "token-number-1-xxx", "first-token"])
        _ = try keeper.take(grant(2), at: Self.start)
        #expect(text(keeper) == "token-number-2-xxx")
        let inUse = keeper.takeOther()?.value.reveal()
        #expect(inUse == "first-token", "the one that was in use")
    }

    // MARK: against a server

    private func client(_ name: String, _ fixture: SyncFixture, _ keeper: TokenKeeper) throws -> SyncClient {
        try fixture.client(
            name,
            intervals: SyncIntervals(roster: .milliseconds(20), marks: .seconds(3600), heartbeat: .milliseconds(20)),
            tokens: keeper)
    }

    /// A keeper whose token is 31 days old by this machine's clock.
    private func overdue(_ text: String = "test-token", previous: String? = nil, age: Int64 = 31) throws -> TokenKeeper
    {
        let source = try Self.token("test-token")
        let since = Instant(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000) - age * Self.day)
        try file.write(
            StoredToken(
                source: source, token: try Self.token(text), previous: try previous.map { try Self.token($0) },
                since: since))
        return TokenKeeper(file, source: source)
    }

    @Test(arguments: ["rotating", "losing"]) func theTokenChangesByItself(behaviour: String) throws {
        let fixture = try SyncFixture()
        let name = "\(behaviour)+keeper"
        let client = try client(name, fixture, try overdue())
        #expect(try eventually { try fixture.server.seen(name).requests["token"] ?? 0 >= 1 })
        let rounds = try fixture.server.seen(name).requests["heartbeat", default: 0]
        #expect(try eventually { try fixture.server.seen(name).requests["heartbeat", default: 0] > rounds + 5 })
        client.stop(flush: .zero)
        #expect(client.state.errors.isEmpty, "\(client.state.errors)")
        // An answer that is lost is asked for again in a day, until which the old token is good; but libcurl asks again by
        // itself where the connection had been used before.
        let asked = try fixture.server.seen(name).requests["token", default: 0]
        #expect(asked == 1 || behaviour == "losing" && asked == 2)
        let wanted =
            behaviour == "losing" && asked == 1 ? "Bearer test-token" : "Bearer token-that-follows-\(asked)"
        #expect(try fixture.server.seen(name).headers["authorization"] == wanted)
        #expect("Bearer \(text(TokenKeeper(file, source: try Self.token("test-token"))))" == wanted)
        #expect(
            !fixture.log.entries.contains { "\($0)".contains("token-that-follows") || "\($0)".contains("test-token") })
    }

    @Test func aServerThatForgotTheNewTokenIsGivenTheOld() throws {
        let fixture = try SyncFixture()
        let keeper = try overdue("forgotten-token", previous: "test-token", age: 1)
        let client = try client("forgetful+keeper", fixture, keeper)
        defer { client.stop(flush: .zero) }
        #expect(eventually { client.state.isHealthy })
        #expect(try fixture.server.seen("forgetful+keeper").headers["authorization"] == "Bearer test-token")
    }
}
