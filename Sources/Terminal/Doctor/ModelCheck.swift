import Database

/// Is a model file there, and is it the one that this program was measured with?
struct ModelCheck {
    var name: String
    var path: String
    /// SHA-256 in hexadecimal digits.
    var digest: Result<String, VaultError>
    var expected: String

    private let remedy = "sudo rollcalld-models (in the source folder: make setup), then: systemctl restart rollcalld"

    /// Reads the file at `path`; about half a second for 100 MB.
    init(name: String, path: String, expected: String) {
        self.name = name
        self.path = path
        self.expected = expected
        do throws(VaultError) {
            digest = .success(try FileDigest.sha256(path: path))
        } catch {
            digest = .failure(error)
        }
    }

    var finding: Finding {
        switch digest {
        case .failure(.file(_, let reason)):
            return .failed(
                name, "\(path): \(reason)",
                next: "bring it: \(remedy); or correct [models]")
        case .failure(let error):
            return .failed(name, error.description, next: "reinstall the package libsodium23")
        case .success(expected):
            return .ok(name, "\(path), SHA-256 as pinned")
        case .success(let other):
            return .failed(
                name, "\(path) is another file: SHA-256 \(other.prefix(12))…, and \(expected.prefix(12))… is pinned",
                next: "bring the pinned one: \(remedy)")
        }
    }
}
