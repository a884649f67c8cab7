// Values that follow a notation. They stay text in its one normal form, so that this module needs no types of others.
extension Accepted where Value == String {
    /// A time of day, as "09:00", "09:00:00" or a TOML time. The result reads `HH:MM:SS`.
    public static var timeOfDay: Self {
        Accepted("a time of day from \"00:00:00\" to \"23:59:59\"") { value in
            switch value.content {
            case .string(let text), .time(let text): normalTime(text)
            default: nil
            }
        }
    }

    /// A date, as "2026-09-01" or a TOML date. The result reads `YYYY-MM-DD`.
    public static var date: Self {
        Accepted("a date that exists, as \"2026-09-01\"") { value in
            switch value.content {
            case .string(let text), .date(let text): isDate(text) ? text : nil
            default: nil
            }
        }
    }

    /// The name of an IANA time zone: letters, digits, `_`, `+`, `-` and `/`, never a path out of the zone folder.
    public static var timeZoneName: Self {
        Self.text.parsed(as: "the name of an IANA time zone, as \"Europe/London\"") { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let isName = parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        isLetter(byte) || isDigit(byte)
                            || [UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte)
                    }
            }
            return isName && text.utf8.count <= 64 ? text : nil
        }
    }

    /// The address of a server: `https://HOST[:PORT][/PATH]`, with no user, query or fragment. Ends without a slash.
    public static var httpsURL: Self {
        Self.text.parsed(as: "an address that begins with https://, as \"https://rollcall.example:8443\"") { text in
            let scheme = "https://"
            guard text.hasPrefix(scheme), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
            let rest = text.dropFirst(scheme.count)
            guard !rest.contains(where: { "@?#\\\"<>^`{|}".contains($0) }) else { return nil }
            let authority = rest.prefix { $0 != "/" }
            guard isAuthority(authority) else { return nil }
            var url = Substring(text)
            while url.hasSuffix("/") { url.removeLast() }
            return String(url)
        }
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

private func normalTime(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }) else {
        return nil
    }
    let numbers = parts.compactMap { Int($0) }
    guard zip(numbers, [23, 59, 59]).allSatisfy({ $0 <= $1 }) else { return nil }
    return parts.count == 2 ? text + ":00" : text
}

private func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }) else { return false }
    let numbers = parts.compactMap { Int($0) }
    let (year, month, day) = (numbers[0], numbers[1], numbers[2])
    guard year >= 1, (1...12).contains(month) else { return false }
    let isLeapYear = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
}

/// A host name, an IPv4 address or an IPv6 address in brackets, and perhaps a port.
private func isAuthority(_ text: Substring) -> Bool {
    var host = text
    if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy(isDigit), let port = Int(digits), (1...65535).contains(port) else { return false }
        host = text[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") {
        let address = host.dropFirst().dropLast()
        return address.contains(":") && address.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return host.utf8.count <= 253
        && labels.allSatisfy { label in
            !label.isEmpty && label.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
        }
}
