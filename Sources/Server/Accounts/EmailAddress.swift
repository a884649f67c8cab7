/// An e-mail address, in the form in which it is unique: lower case, ASCII, one `@`.
enum EmailAddress {
    /// RFC 5321, section 4.5.3.1.
    private static let limits = (local: 64, whole: 254)

    /// The address as it is stored.
    /// - Throws: `.refused` for what no mail can be sent to by a plain server.
    static func checked(_ text: String) throws(ServerError) -> String {
        guard let address = normalised(text) else {
            throw .refused("an e-mail address looks like name@school.example; give one")
        }
        return address
    }

    /// nil for what is no address.
    static func normalised(_ text: String) -> String? {
        let address = text.lowercased()
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= limits.whole, 1...limits.local ~= parts[0].utf8.count,
            isDotted(parts[0], isLocal), isDotted(parts[1], isLabel), parts[1].contains(".")
        else { return nil }
        return address
    }

    private static func isDotted(_ text: Substring, _ part: (Substring) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && part($0) }
    }

    /// RFC 5322, atext.
    private static func isLocal(_ part: Substring) -> Bool {
        part.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }

    private static func isLabel(_ part: Substring) -> Bool {
        part.utf8.count <= 63 && !part.hasPrefix("-") && !part.hasSuffix("-")
            && part.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
