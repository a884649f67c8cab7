import FoundationEssentials

/// Text as it may stand in a letter, whose lines are short and whose bytes are ASCII.
enum MailEncoding {
    /// Quoted-printable (RFC 2045, section 6.7): lines of at most 76 characters, ended by CRLF.
    static func quotedPrintable(_ text: String) -> String {
        var lines: [String] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            var out = ""
            var width = 0
            let bytes = line.filter { $0 != UInt8(ascii: "\r") }
            for (index, byte) in bytes.enumerated() {
                let isLast = index == bytes.count - 1
                let piece = quoted(byte, isLast: isLast)
                if width + piece.utf8.count > (isLast ? 76 : 75) {
                    out += "=\r\n"
                    width = 0
                }
                out += piece
                width += piece.utf8.count
            }
            lines.append(out)
        }
        return lines.joined(separator: "\r\n")
    }

    private static func quoted(_ byte: UInt8, isLast: Bool) -> String {
        let isBlank = byte == 0x20 || byte == 0x09
        if isBlank ? !isLast : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") {
            return String(UnicodeScalar(byte))
        }
        return "=" + hex(byte >> 4) + hex(byte & 15)
    }

    private static func hex(_ digit: UInt8) -> String {
        String(UnicodeScalar(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10)))
    }

    /// The value of a header that is free text, as Subject.
    static func header(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain = line.utf8.count <= 60 && line.utf8.allSatisfy { 0x20...0x7E ~= $0 } && !line.contains("=?")
        return isPlain ? line : encodedWords(line)
    }

    /// A name with its address (RFC 5322, section 3.4).
    /// - Parameter address: one that `EmailAddress` has checked.
    static func mailbox(name: String?, address: String) -> String {
        guard let name = name.map(oneLine), !name.isEmpty else { return "<\(address)>" }
        let isPlain = name.utf8.count <= 60 && name.utf8.allSatisfy(isInQuotes) && !name.contains("=?")
        // A line with an encoded word has at most 76 characters, so the address stands on the next.
        return isPlain ? "\"\(name)\" <\(address)>" : "\(encodedWords(name))\r\n <\(address)>"
    }

    /// Without anything that ends a line: nothing that a person is called can begin another header.
    private static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " " as Character
            default: Character(scalar)
            }
        }
        return String(scalars).split(separator: " ").joined(separator: " ")
    }

    private static func isInQuotes(_ byte: UInt8) -> Bool {
        0x20...0x7E ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Encoded words (RFC 2047), each of whole characters and on a line of its own, which leaves room for "Subject: ".
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        func close() {
            if !bytes.isEmpty { words.append("=?UTF-8?B?\(Data(bytes).base64EncodedString())?=") }
            bytes = []
        }
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > 36 { close() }
            bytes += next
        }
        close()
        return words.joined(separator: "\r\n ")
    }
}
