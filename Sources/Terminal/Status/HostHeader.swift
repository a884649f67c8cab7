import Glibc

/// Whether a Host header names a machine by its number, or this machine as `localhost`; a port may follow.
func isNumericOrLocal(host: String) -> Bool {
    var name = Substring(host)
    if name.hasPrefix("[") {
        guard let end = name.firstIndex(of: "]"), isPort(name[name.index(after: end)...]) else { return false }
        return isAddress(name[name.index(after: name.startIndex)..<end], family: AF_INET6)
    }
    if let colon = name.firstIndex(of: ":") {
        guard isPort(name[colon...]) else { return false }
        name = name[..<colon]
    }
    return name.lowercased() == "localhost" || isAddress(name, family: AF_INET)
}

private func isPort(_ text: Substring) -> Bool {
    text.isEmpty
        || (text.first == ":" && text.count <= 6 && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) })
}

private func isAddress(_ text: Substring, family: Int32) -> Bool {
    var room = in6_addr()
    return inet_pton(family, String(text), &room) == 1
}
