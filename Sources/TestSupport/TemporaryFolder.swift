import FoundationEssentials
import Glibc

/// A folder of one test, removed with everything in it when nobody holds it any more: keep it in a property of the
/// suite (`let folder = try TemporaryFolder()`), which lives as long as the test.
public final class TemporaryFolder: Sendable {
    /// Absolute, without a slash at its end.
    public let path: String

    /// Makes a new folder that only its owner may enter.
    public init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/rollcall-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FixtureError("no temporary folder can be made in \(parent): error \(errno)")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file or folder in this one.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ name: String, _ bytes: some Collection<UInt8>, mode: mode_t = 0o600) throws -> String {
        let path = file(name)
        try Data(bytes).write(to: URL(filePath: path))
        guard chmod(path, mode) == 0 else { throw FixtureError("\(path): mode not set: error \(errno)") }
        return path
    }

    /// Writes a text file and returns its path.
    @discardableResult
    public func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
        try write(name, text.utf8, mode: mode)
    }
}
