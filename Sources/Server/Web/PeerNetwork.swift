import Glibc

/// Who counts as one sender where requests are counted by where they come from.
enum PeerNetwork {
    /// The address of a peer, or for IPv6 its network of 64 bits, all of which belongs to one household. An IPv4 address
    /// in the clothes of IPv6 is one address.
    static func of(_ address: String) -> String {
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let all = withUnsafeBytes(of: bytes) { Array($0) }
        if all.starts(with: Array(repeating: 0, count: 10) + [0xFF, 0xFF]) { return address }
        return all.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
}
