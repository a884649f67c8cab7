import Glibc

/// Networks of the internet, as `10.0.0.0/8` or `fd00::/8`.
public struct NetworkList: Sendable, Equatable {
    /// One network: the addresses that begin with the same bits.
    public struct Network: Sendable, Equatable {
        private let address: [UInt8]
        private let bits: Int

        /// Reads an address with the number of its leading bits that count; without a number, all count.
        /// nil for other text, and where bits after those that count are set, as in `10.1.0.0/8`: it says either more or
        /// less than was meant.
        public init?(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let address = addressBytes(String(parts[0])) else { return nil }
            let most = address.count * 8
            if parts.count == 2 {
                guard let bits = Int(parts[1]), 0...most ~= bits, "\(bits)" == parts[1] else { return nil }
                self.bits = bits
            } else {
                bits = most
            }
            self.address = address
            guard (bits..<most).allSatisfy({ Self.bit($0, of: address) == 0 }) else { return nil }
        }

        func contains(_ other: [UInt8]) -> Bool {
            other.count == address.count
                && (0..<bits).allSatisfy { Self.bit($0, of: other) == Self.bit($0, of: address) }
        }

        private static func bit(_ index: Int, of bytes: [UInt8]) -> UInt8 { bytes[index / 8] >> (7 - index % 8) & 1 }
    }

    /// Any of which is enough.
    public var networks: [Network]

    /// These networks; none contains nothing.
    public init(_ networks: [Network] = []) {
        self.networks = networks
    }

    /// Whether an address is in one of the networks; false for text that is no address. An IPv4 address that came over
    /// an IPv6 socket (`::ffff:10.0.0.1`) is the IPv4 address.
    public func contains(_ address: String) -> Bool {
        // A link-local address may name its interface.
        guard let bytes = addressBytes(String(address.prefix { $0 != "%" })) else { return false }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let plain = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
        return networks.contains { $0.contains(plain) }
    }
}

/// The 4 or 16 bytes of an address.
private func addressBytes(_ text: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
        var bytes = [UInt8](repeating: 0, count: count)
        if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
}
