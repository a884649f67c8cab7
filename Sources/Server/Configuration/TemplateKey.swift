import Database
import FoundationEssentials
import Systemd

extension ServerConfiguration {
    /// Opens the key of the templates. There is no default: without the file the server does not start.
    public func openVault() throws(ServerError) -> TemplateVault {
        do {
            // systemd shows its own access list on a credential as permissions of the group.
            let isCredential = Credentials().directory.map { templateKeyFile.hasPrefix($0 + "/") } ?? false
            return try TemplateVault(keyFile: templateKeyFile, groupReadable: isCredential)
        } catch .keyMissing {
            throw .key(
                file: templateKeyFile,
                reason: "it is missing; make it once with `rollcall-server key make`, and keep a copy")
        } catch {
            throw .key(file: templateKeyFile, reason: error.description)
        }
    }

    /// Makes a new key that only its owner may read. A key that exists stays as it is.
    public func makeTemplateKey() throws(ServerError) {
        guard !FileManager.default.fileExists(atPath: templateKeyFile) else {
            throw .key(
                file: templateKeyFile,
                reason: "it exists already; templates that were sealed with it could not be read with another")
        }
        do {
            _ = try TemplateVault(keyFile: templateKeyFile, makeIfMissing: true)
        } catch {
            throw .key(file: templateKeyFile, reason: error.description)
        }
    }
}
