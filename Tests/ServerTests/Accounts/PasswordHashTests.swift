import Testing

@testable import Server

@Suite struct PasswordHashTests {
    private let password: Password
    init() throws { password = try Password(chosen: "correct horse battery") }

    @Test func onlyThePasswordMatches() throws {
        let hash = try PasswordHash(of: password, cost: School.cost)
        #expect(try hash.matches(password))
        #expect(try !hash.matches(Password(chosen: "correct horse batterz")))
        #expect(try !hash.matches(Password(chosen: "correct horse battery ")))
    }

    @Test func theStoredFormKeepsParametersAndSalt() throws {
        let hash = try PasswordHash(of: password, cost: School.cost)
        let text = hash.text
        #expect(text.hasPrefix("scrypt$16$1$1$"))
        let read = try #require(PasswordHash(text))
        #expect(read == hash && read.cost == School.cost)
        #expect(try read.matches(password))
        #expect(try PasswordHash(of: password, cost: School.cost).text != text, "another salt")
    }

    /// RFC 7914, section 12, third vector: what another implementation makes is read here.
    @Test func agreesWithTheStandard() throws {
        let hash: [UInt8] = [
            0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd, 0x73, 0x48, 0x46, 0x1c, 0x06, 0xcd, 0x81, 0xfd, 0x38, 0xeb, 0xfd, 0xa8,
            0xfb, 0xba, 0x90, 0x4f, 0x8e, 0x3e, 0xa9, 0xb5, 0x43, 0xf6, 0x54, 0x5d, 0xa1, 0xf2,
        ]
        let text = "scrypt$16384$8$1$\(Base64URL.encode("SodiumChloride".utf8))$\(Base64URL.encode(hash))"
        let password = try Password(chosen: "pleaseletmein")
        #expect(try #require(PasswordHash(text)).matches(password))
    }

    @Test func theStandardCostIsWhatOwaspAsksFor() {
        // OWASP's password storage cheat sheet: N = 2^15, r = 8 with p = 3, or more memory; at least 32 MiB here.
        #expect(128 * PasswordHash.Cost.standard.rounds * PasswordHash.Cost.standard.blockSize >= 32 << 20)
    }

    @Test(arguments: [
        "", "scrypt", "scrypt$16$1$1$AAAA", "bcrypt$16$1$1$AAAA$AAAA",
        "scrypt$15$1$1$AAAA$\(String(repeating: "A", count: 43))",
        "scrypt$1073741824$8$1$AAAA$\(String(repeating: "A", count: 43))", "scrypt$16$1$1$AAAA$AAAA",
        "scrypt$16$99$1$AAAA$\(String(repeating: "A", count: 43))",
        "scrypt$-16$1$1$AAAA$\(String(repeating: "A", count: 43))",
    ]) func whatIsNoHashIsRefused(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test func passwordsHaveALengthAndNothingElse() throws {
        #expect(throws: ServerError.self) { try Password(chosen: "seven77") }
        #expect(throws: ServerError.self) { try Password(chosen: String(repeating: "x", count: 257)) }
        _ = try Password(chosen: "        ")
        _ = try Password(chosen: "пароль12")
        #expect("\(try Password(chosen: "correct horse"))" == "…")
        var dumped = ""
        dump(try Password(chosen: "correct horse"), to: &dumped)
        #expect(!dumped.contains("horse"))
    }
}
