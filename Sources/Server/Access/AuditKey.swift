import Crypto
import Database
import FoundationEssentials

/// The key of the audit trail: who has the database and not this key can change no entry so that it does not show.
///
/// It follows from the template key, which stays for as long as there are templates. The keys that sign logins would not do:
/// `key rotate` replaces them, and entries are to be checked for years. The template key is never rotated. Where it was lost
/// and another one was made, nobody can check the older entries any more; `AuditTrail.renew` says so instead of signing
/// them anew, since who can do that could sign anything.
struct AuditKey: Sendable, CustomReflectable {
    private let key: SymmetricKey

    init(_ vault: TemplateVault) throws(ServerError) {
        do throws(VaultError) {
            key = try vault.withDerivedKey(for: "rcaudits") { SymmetricKey(data: $0) }
        } catch {
            throw .machine("the key of the audit trail cannot be made: \(error)")
        }
    }

    /// The digest of an entry that follows the one with the digest `before`.
    /// - Parameter json: the entry's detail as it is stored.
    func digest(of entry: AuditTrail.Entry, _ json: String, after before: [UInt8]) -> [UInt8] {
        code(["entry"] + entry.parts(json), before)
    }

    /// The code of a head with these values.
    func code(of head: AuditHead) -> [UInt8] {
        let numbers = [head.number, head.checkedFrom, head.keyedFrom, head.since.milliseconds]
        return code(["head"] + numbers.map { "\($0)" }, head.digest)
    }

    private func code(_ parts: [String], _ digest: [UInt8]) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        for part in parts { code.update(data: part.measured) }
        code.update(data: digest)
        return Array(code.finalize())
    }

    /// Nothing.
    var customMirror: Mirror { Mirror(self, children: []) }
}

extension AuditTrail.Entry {
    /// The digest of an entry from before there was a key.
    /// - Parameter json: the entry's detail as it is stored.
    func unkeyedDigest(_ json: String, after before: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: before)
        for part in parts(json) { hash.update(data: part.measured) }
        return Array(hash.finalize())
    }

    /// Everything that the digest is of.
    fileprivate func parts(_ json: String) -> [String] {
        ["\(number)", "\(at.milliseconds)", actor, action, object, json]
    }
}

extension String {
    /// The text's bytes after their count: no two lists of texts have the same bytes then.
    fileprivate var measured: [UInt8] { Array("\(utf8.count):\(self)".utf8) }
}
