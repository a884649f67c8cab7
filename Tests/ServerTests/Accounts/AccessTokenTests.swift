import Attendance
import Crypto
import Foundation
import Testing

@testable import Server

@Suite struct AccessTokenTests {
    private let keys: SigningKeys
    private let tokens: AccessTokens
    private let person = UUID()
    private let session = UUID()
    private let now = Clock.now

    init() async throws {
        keys = try SigningKeys(text: SigningKeys.rotated(nil), file: "keys")
        tokens = await AccessTokens(keys)
    }

    private func token() async throws -> String {
        try await tokens.make(person: person, session: session, now: now)
    }

    /// A token of somebody else's making, signed with the key or with whatever is given.
    private func forged(header: String, claims: String? = nil, signature: ((Data) -> Data)? = nil) -> String {
        let seconds = now.seconds
        let claims =
            claims
                ?? """
                {"iss":"rollcall-server","sub":"\(person)","sid":"\(session)","iat":\(seconds),"exp":\(seconds + 600)}
                """
        let signed = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(claims.utf8))"
        let signature =
            signature?(Data(signed.utf8))
            ?? Data(HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: keys.newest.key))
        return "\(signed).\(Base64URL.encode(signature))"
    }

    private var header: String { "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"\(keys.newest.id)\"}" }

    @Test func aTokenSaysWhoseLoginItIs() async throws {
        let read = await tokens.read(try await token(), now: now)
        #expect(read?.person == person && read?.session == session)
        // The forger of these tests knows how: what is refused below is refused for its own reason.
        #expect(await tokens.read(forged(header: header), now: now) != nil)
    }

    @Test func itExpires() async throws {
        let token = try await token()
        let lifetime = AccessTokens.lifetime.components.seconds * 1000
        #expect(await tokens.read(token, now: now.advanced(byMilliseconds: lifetime - 2000)) != nil)
        #expect(await tokens.read(token, now: now.advanced(byMilliseconds: lifetime + 1000)) == nil)
    }

    @Test func aChangedTokenIsRefused() async throws {
        let token = Array(try await token().utf8)
        for index in stride(from: 0, to: token.count, by: 7) {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let read = await tokens.read(String(decoding: changed, as: UTF8.self), now: now)
            // The last characters of a part may hold bits that are not used.
            #expect(read == nil || read?.person == person && changed.count == token.count)
        }
    }

    @Test func otherAlgorithmsAreRefused() async throws {
        let kid = keys.newest.id
        let key = keys.newest.key
        #expect(
            await tokens.read(forged(header: "{\"alg\":\"none\",\"kid\":\"\(kid)\"}") { _ in Data() }, now: now) == nil)
        #expect(await tokens.read(forged(header: "{\"alg\":\"none\",\"kid\":\"\(kid)\"}"), now: now) == nil)
        #expect(await tokens.read(forged(header: "{\"alg\":\"hs256\",\"kid\":\"\(kid)\"}"), now: now) == nil)
        // The right key under another name of an algorithm: the library alone would take it.
        for name in ["HS384", "HS512", "RS256", "ES256", "EdDSA", ""] {
            #expect(
                await tokens.read(forged(header: "{\"alg\":\"\(name)\",\"kid\":\"\(kid)\"}"), now: now) == nil,
                "\(name)")
        }
        let long = forged(header: "{\"alg\":\"HS512\",\"kid\":\"\(kid)\"}") {
            Data(HMAC<SHA512>.authenticationCode(for: $0, using: key))
        }
        #expect(await tokens.read(long, now: now) == nil)
    }

    @Test func foreignKeysAndHeadersAreRefused() async throws {
        // Without a key's name the library takes its default key.
        #expect(await tokens.read(forged(header: "{\"alg\":\"HS256\"}"), now: now) == nil)
        #expect(await tokens.read(forged(header: "{\"alg\":\"HS256\",\"kid\":\"other\"}"), now: now) == nil)
        let extended = "{\"alg\":\"HS256\",\"kid\":\"\(keys.newest.id)\",\"crit\":[\"b64\"],\"b64\":false}"
        #expect(await tokens.read(forged(header: extended), now: now) == nil)
        let other = SymmetricKey(size: .bits256)
        let foreign = forged(header: header) { Data(HMAC<SHA256>.authenticationCode(for: $0, using: other)) }
        #expect(await tokens.read(foreign, now: now) == nil)
    }

    @Test func otherClaimsAreRefused() async throws {
        let end = now.seconds + 600
        for claims in [
            "{}", "[]", "x",
            "{\"iss\":\"other\",\"sub\":\"\(person)\",\"sid\":\"\(session)\",\"iat\":1,\"exp\":\(end)}",
            "{\"iss\":\"rollcall-server\",\"sub\":\"x\",\"sid\":\"\(session)\",\"iat\":1,\"exp\":\(end)}",
            "{\"iss\":\"rollcall-server\",\"sub\":\"\(person)\",\"iat\":1,\"exp\":\(end)}",
            "{\"iss\":\"rollcall-server\",\"sub\":\"\(person)\",\"sid\":\"\(session)\",\"iat\":1}",
        ] {
            #expect(await tokens.read(forged(header: header, claims: claims), now: now) == nil, "\(claims)")
        }
    }

    @Test(arguments: ["", ".", "..", "...", "a.b.c", String(repeating: "a", count: 1 << 20), "ey.ey.ey"])
    func whatIsNoTokenIsRefused(text: String) async {
        #expect(await tokens.read(text, now: now) == nil)
    }

    @Test func keysAreRotated() async throws {
        let token = try await token()
        let once = try SigningKeys(text: SigningKeys.rotated(keys), file: "keys")
        #expect(once.keys.count == 2 && once.newest.id != keys.newest.id)
        #expect(await AccessTokens(once).read(token, now: now) != nil, "the one before is still believed")
        let new = try await AccessTokens(once).make(person: person, session: session, now: now)
        #expect(await tokens.read(new, now: now) == nil, "a new key signs")
        let twice = try SigningKeys(text: SigningKeys.rotated(once), file: "keys")
        #expect(await AccessTokens(twice).read(token, now: now) == nil)
        #expect(await AccessTokens(twice).read(new, now: now) != nil)
    }

    @Test(arguments: ["", "\n", "id", "id key", "id AAAA", "a b c", "id \(String(repeating: "A", count: 44))"])
    func whatIsNoKeyFileIsRefused(text: String) {
        let error = #expect(throws: ServerError.self) { try SigningKeys(text: text, file: "keys") }
        #expect(error?.exitStatus == 78 && error?.description.contains("keys.signing_key_file") == true)
    }
}
