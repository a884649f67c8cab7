import Database
import FoundationEssentials
import Glibc

/// Images as files in a folder, each sealed for its person and place (XChaCha20-Poly1305), written whole or not at all.
struct SealedFolder: Sendable {
    let path: String
    private let vault: TemplateVault
    private static let model = "image/jpeg"

    /// Larger than any image that the server makes.
    static let largest = 4 << 20

    /// Makes the folder and those that it is in, for their owner only, where they are missing.
    /// - Parameter vault: of a key that seals nothing else.
    /// - Throws: `.unavailable` unless files can be stored there.
    init(path: String, vault: TemplateVault) throws(ImageError) {
        self.path = path
        self.vault = vault
        for end in path.indices where path[end] == "/" && end > path.startIndex { try Self.make(String(path[..<end])) }
        try Self.make(path)
        try Self.checkUse(of: path)
    }

    func put(_ jpeg: [UInt8], at place: String, of person: UUID) throws(ImageError) {
        guard jpeg.count + TemplateVault.overhead <= Self.largest else { throw .refused("the image is too large") }
        try Self.make(folder(of: place))
        let sealed = vault.seal(jpeg, person: person, model: Self.context(place))
        do throws(VaultError) {
            try SecretFile.replace(file(of: place), sealed)
        } catch {
            throw .unavailable(error.description)
        }
    }

    func get(_ place: String, of person: UUID) throws(ImageError) -> [UInt8] {
        do throws(VaultError) {
            let sealed = try SecretFile.read(file(of: place), limit: Self.largest)
            return try vault.open(sealed, person: person, model: Self.context(place))
        } catch .keyMissing {
            throw .missing
        } catch .notAuthentic, .unknownFormat {
            throw .damaged("it was changed, or sealed with another key than [images] key_file")
        } catch {
            throw .unavailable(error.description)
        }
    }

    func delete(_ place: String) throws(ImageError) {
        guard unlink(file(of: place)) == 0 || errno == ENOENT else {
            throw .unavailable("\(file(of: place)): \(String(cString: strerror(errno)))")
        }
    }

    /// Sealed to its place too: two files that were exchanged do not open.
    private static func context(_ place: String) -> String { "\(model) \(place)" }

    /// Sub-folders keep a folder of ten thousand images quick to look through.
    private func folder(of place: String) -> String { "\(path)/\(place.prefix(2))" }

    private func file(of place: String) -> String { "\(folder(of: place))/\(place)" }

    /// Now, and not when the first image comes.
    private static func checkUse(of folder: String) throws(ImageError) {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            throw .unavailable("\(folder): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .unavailable("\(folder): it is no folder") }
        guard access(folder, R_OK | W_OK | X_OK) == 0 else {
            throw .unavailable("\(folder): \(String(cString: strerror(errno)))")
        }
    }

    private static func make(_ folder: String) throws(ImageError) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw .unavailable("\(folder): \(String(cString: strerror(errno)))")
        }
    }
}
