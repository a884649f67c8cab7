import Testing

@testable import Server

@Suite struct EmailAddressTests {
    @Test(arguments: [
        ("Ada@School.Example", "ada@school.example"), ("a.b+c@x-y.example", "a.b+c@x-y.example"),
        ("o'hara@a.b", "o'hara@a.b"),
    ]) func addressesAreStoredInOneForm(text: String, stored: String) throws {
        #expect(try EmailAddress.checked(text) == stored)
    }

    @Test(arguments: [
        "", "@", "a@", "@b.example", "a@b", "a@@b.example", "a b@c.example", "a@b..example", ".a@b.example",
        "a.@b.example",
        "a@-b.example", "a@b-.example", "a@b.example\r\nBcc: c@d.example", "a\u{0}@b.example", "é@b.example",
        "<a@b.example>",
        "a@b.example, c@d.example", String(repeating: "a", count: 65) + "@b.example",
        "a@" + String(repeating: "b.", count: 130) + "example",
    ]) func othersAreRefused(text: String) {
        #expect(throws: ServerError.self) { try EmailAddress.checked(text) }
    }
}
