import Database
import FoundationEssentials
import Systemd

extension ServerConfiguration {
    /// Opens the key of the templates. There is no default: without the file the server does not start.
    public func openVault() throws(ServerError) -> TemplateVault {
        do {
            return try TemplateVault(keyFile: templateKeyFile, groupReadable: Self.isCredential(templateKeyFile))
        } catch .keyMissing {
            throw .key(
                file: templateKeyFile,
                reason: "it is missing; restore it from its copy, or on a new server make it once with"
                    + " `rollcall-server key make`, and keep a copy")
        } catch .keyMalformed(_, let bytes) {
            throw .key(
                file: templateKeyFile,
                reason: "a key has 32 bytes and this file has \(bytes); restore it from its copy. When the key is lost"
                    + " for good, remove the file, then: `rollcall-server key make` and `rollcall-server key lost`")
        } catch {
            throw .key(file: templateKeyFile, reason: error.reason(for: templateKeyFile))
        }
    }

    /// Throws where the vault does not open the templates in the database's file. A file that cannot be looked into now says
    /// nothing, and whether a server with a database can be reached is not asked here.
    func checkTemplates(_ vault: TemplateVault) throws(ServerError) {
        guard case .file(let path) = database, FileManager.default.fileExists(atPath: path),
            let file = try? SQLiteDatabase(path: path, use: .shared(busyTimeout: .seconds(1)), migrations: [])
        else { return }
        defer { file.close() }
        do throws(ServerError) { try vault.checkTemplates(in: file) } catch {
            if case .sealed = error { throw error }
        }
    }

    /// Makes the key that seals templates where there is none; one that exists stays as it is, since templates that were
    /// sealed with it could not be read with another.
    /// - Returns: whether it was made.
    public func makeTemplateKey() throws(ServerError) -> Bool {
        guard !FileManager.default.fileExists(atPath: templateKeyFile) else { return false }
        do {
            _ = try TemplateVault(keyFile: templateKeyFile, makeIfMissing: true)
            return true
        } catch {
            throw .key(file: templateKeyFile, reason: error.reason(for: templateKeyFile))
        }
    }

    /// Opens the keys that sign access tokens. There is no default: without the file the server does not start.
    func openSigningKeys() throws(ServerError) -> SigningKeys {
        do {
            let bytes = try SecretFile.read(signingKeyFile, groupReadable: Self.isCredential(signingKeyFile))
            return try SigningKeys(text: String(decoding: bytes, as: UTF8.self), file: signingKeyFile)
        } catch let error as ServerError {
            throw error
        } catch VaultError.keyMissing {
            throw Self.signingKey(signingKeyFile, "it is missing; make it once with `rollcall-server key make`")
        } catch let error as VaultError {
            throw Self.signingKey(signingKeyFile, error.reason(for: signingKeyFile))
        } catch {
            throw Self.signingKey(signingKeyFile, "\(error)")
        }
    }

    /// Makes the signing key where there is none; one that exists stays as it is.
    /// - Returns: whether it was made.
    public func makeSigningKey() throws(ServerError) -> Bool {
        guard !FileManager.default.fileExists(atPath: signingKeyFile) else { return false }
        do {
            try SecretFile.make(signingKeyFile, Array(SigningKeys.rotated(nil).utf8))
            return true
        } catch {
            throw Self.signingKey(signingKeyFile, error.reason(for: signingKeyFile))
        }
    }

    /// Makes a new signing key; the one before is still believed, those before that one no longer.
    public func rotateSigningKey() throws(ServerError) {
        let rotated = SigningKeys.rotated(try openSigningKeys())
        do {
            try SecretFile.replace(signingKeyFile, Array(rotated.utf8))
        } catch {
            throw Self.signingKey(signingKeyFile, error.reason(for: signingKeyFile))
        }
    }

    /// Opens the password of the mail server's user; nil where there is none.
    public func openMailPassword() throws(ServerError) -> Redacted<String>? {
        guard let mail, mail.user != nil else { return nil }
        guard let file = mail.passwordFile else {
            throw .key(
                file: "no file", setting: "mail.password_file", reason: "mail.user needs a password; name its file")
        }
        do {
            let bytes = try SecretFile.read(file, groupReadable: Self.isCredential(file))
            let text = String(decoding: bytes, as: UTF8.self)
            guard let line = text.split(whereSeparator: \.isNewline).first else {
                throw VaultError.file(path: file, reason: "it is empty")
            }
            return Redacted(String(line))
        } catch VaultError.keyMissing {
            throw .key(file: file, setting: "mail.password_file", reason: "it is missing; write the password into it")
        } catch let error as VaultError {
            throw .key(
                file: file, setting: "mail.password_file", reason: error.reason(for: file, secret: "password"))
        } catch {
            throw .key(file: file, setting: "mail.password_file", reason: "\(error)")
        }
    }

    private static func signingKey(_ file: String, _ reason: String) -> ServerError {
        .key(file: file, setting: "keys.signing_key_file", reason: reason)
    }

    /// systemd shows its own access list on a credential as permissions of the group.
    private static func isCredential(_ file: String) -> Bool {
        Credentials().directory.map { file.hasPrefix($0 + "/") } ?? false
    }
}
