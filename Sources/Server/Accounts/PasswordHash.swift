import Crypto
import CryptoExtras
import FoundationEssentials

/// A password's hash by scrypt (RFC 7914), with the salt and the parameters it was made with, as it is stored:
/// `scrypt$ROUNDS$BLOCK$LANES$SALT$HASH`, the last two in base64url.
struct PasswordHash: Sendable, Equatable {
    /// What trying one password costs.
    struct Cost: Sendable, Equatable {
        /// N: a power of two. Memory is 128 * rounds * blockSize bytes.
        var rounds = 1 << 15
        /// r
        var blockSize = 8
        /// p
        var lanes = 1

        /// 32 MiB and about a tenth of a second.
        static let standard = Cost()

        /// What is read from a database is not believed without limit.
        fileprivate var isSane: Bool {
            (2...1 << 20).contains(rounds) && rounds & (rounds - 1) == 0 && 1...32 ~= blockSize && 1...16 ~= lanes
        }
    }

    let cost: Cost
    private let salt: [UInt8]
    private let hash: [UInt8]

    private static let saltBytes = 16
    private static let hashBytes = 32

    /// Hashes a password with a new salt. Takes the time and memory of its cost.
    init(of password: Password, cost: Cost = .standard) throws(ServerError) {
        self.cost = cost
        salt = SymmetricKey(size: SymmetricKeySize(bitCount: Self.saltBytes * 8)).withUnsafeBytes { Array($0) }
        hash = try Self.derive(password, salt, cost).withUnsafeBytes { Array($0) }
    }

    /// Reads what `text` writes; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let lanes = Int(parts[3]), let salt = Base64URL.decode(parts[4]), let hash = Base64URL.decode(parts[5]),
            hash.count == Self.hashBytes
        else { return nil }
        cost = Cost(rounds: rounds, blockSize: blockSize, lanes: lanes)
        guard cost.isSane else { return nil }
        (self.salt, self.hash) = ([UInt8](salt), [UInt8](hash))
    }

    /// The stored form.
    var text: String {
        "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.lanes)$\(Base64URL.encode(salt))$\(Base64URL.encode(hash))"
    }

    /// Whether this is the password, in a time that says nothing of how far it agrees.
    func matches(_ password: Password) throws(ServerError) -> Bool {
        let derived = try Self.derive(password, salt, cost)
        // The comparison of two keys takes the same time for all.
        return derived == SymmetricKey(data: hash)
    }

    private static func derive(
        _ password: Password, _ salt: [UInt8], _ cost: Cost
    ) throws(ServerError) -> SymmetricKey {
        do {
            return try KDF.Scrypt.deriveKey(
                from: Array(password.text.utf8), salt: salt, outputByteCount: hashBytes, rounds: cost.rounds,
                blockSize: cost.blockSize, parallelism: cost.lanes)
        } catch {
            throw .stopped(reason: "a password could not be hashed: \(error)")
        }
    }
}

/// A password on its way to its hash. It cannot end in a log by accident.
struct Password: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    let text: String

    /// NIST SP 800-63B, section 5.1.1.2: at least 8 characters, no rules of composition. The upper bound keeps hashing cheap.
    static let lengths = 8...256

    /// A password as somebody chose it.
    /// - Throws: `.refused` for one that is too short or too long.
    init(chosen text: String) throws(ServerError) {
        guard Self.lengths.contains(text.unicodeScalars.count) else {
            throw .refused(
                "a password has \(Self.lengths.lowerBound) to \(Self.lengths.upperBound) characters; choose another")
        }
        self.text = text
    }

    /// A password as somebody gave it to log in with; nil for what nobody can have chosen.
    init?(given text: String) {
        guard Self.lengths.contains(text.unicodeScalars.count) else { return nil }
        self.text = text
    }

    var description: String { "…" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
