import Configuration
import Database
import FoundationEssentials

/// Where profile images rest: the table `[images]`.
public struct ImagesConfiguration: Sendable, Equatable {
    /// The kinds of stores.
    public enum Kind: String, Sendable, CaseIterable {
        case folder, cloudinary
    }

    /// Which store is used.
    public var store: Kind = .folder
    /// The folder, for that kind.
    public var folder: String
    /// The file with the 32 bytes of the folder's key; nil derives one from the key of the templates.
    public var keyFile: String?
    /// The account, for that kind.
    public var cloudinary: CloudinaryAccount?

    /// The folder `images` beside the database.
    public init(beside database: DatabaseLocation) {
        let folder = database.folder
        self.folder = folder + (folder.hasSuffix("/") ? "images" : "/images")
    }

    /// Reads the table; the folder is beside the database unless it is given.
    init(_ document: TomlDocument, database: DatabaseLocation) throws(ConfigurationError) {
        let table = try document.table("images")
        self.init(beside: database)
        folder = try table.read("folder", .path, default: folder)
        store = try table.read("store", .choice(of: Kind.self), default: .folder)
        keyFile = try table.read("key_file", .path)
        let account = try table.table("cloudinary")
        if store == .cloudinary || account.isPresent { cloudinary = try CloudinaryAccount(account) }
    }

    /// Opens the store.
    /// - Parameter vault: of the templates.
    /// - Throws: `.key` for a key or secret that cannot be used, `.machine` for a folder that cannot.
    func open(vault: TemplateVault) throws(ServerError) -> ImageStore {
        switch store {
        case .cloudinary:
            guard let cloudinary else {
                throw .key(file: "", setting: "images.cloudinary", reason: "the account is missing")
            }
            return .cloudinary(Cloudinary(cloudinary, secret: try cloudinary.readSecret()))
        case .folder:
            let vault = try ownVault(vault)
            do throws(ImageError) {
                return .folder(try SealedFolder(path: folder, vault: vault))
            } catch {
                let reason = if case .unavailable(let reason) = error { reason } else { error.description }
                throw .machine(
                    "images.folder: \(folder) cannot be used (\(reason)); make it for the server's user and nobody else "
                        + "(mode 0700), or name another one in [images]")
            }
        }
    }

    private func ownVault(_ templates: TemplateVault) throws(ServerError) -> TemplateVault {
        do throws(VaultError) {
            if let keyFile { return try TemplateVault(keyFile: keyFile, makeIfMissing: true) }
            return try templates.derived(for: "rcimages")
        } catch {
            let file = keyFile ?? ""
            throw .key(file: file, setting: "images.key_file", reason: error.reason(for: file))
        }
    }
}
