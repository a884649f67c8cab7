import Configuration
import Database
import FoundationEssentials

/// An account of Cloudinary: the table `[images.cloudinary]`.
public struct CloudinaryAccount: Sendable, Equatable {
    /// The digest by which the account signs.
    public enum Digest: String, Sendable, CaseIterable {
        case sha1, sha256
    }

    /// The name of the cloud.
    public var cloudName: String
    /// The public half of the credentials.
    public var apiKey: String
    /// The file with the secret half.
    public var secretFile: String
    /// By which digest requests and addresses are signed.
    public var digest: Digest
    /// Where images are uploaded to and deleted.
    public var apiAddress: String
    /// Where images come from.
    public var deliveryAddress: String
    /// The authorities to trust instead of the system's; a PEM file.
    public var authorityFile: String?

    /// Reads the table.
    init(_ table: TomlTable) throws(ConfigurationError) {
        cloudName = try table.require("cloud_name", Self.plainName)
        apiKey = try table.require("api_key", Self.plainName)
        secretFile = try table.require("api_secret_file", .path)
        digest = try table.read("signature", .choice(of: Digest.self), default: .sha256)
        apiAddress = try table.read("api_url", .httpsURL, default: "https://api.cloudinary.com")
        deliveryAddress = try table.read("delivery_url", .httpsURL, default: "https://res.cloudinary.com")
        authorityFile = try table.read("ca_file", .path)
    }

    /// It stands in addresses and in what is signed, where other characters have a meaning.
    private static var plainName: Accepted<String> {
        Accepted<String>.text.parsed(as: "letters, digits, - and _") { text in
            text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            } ? text : nil
        }
    }

    /// The secret, out of its file.
    func readSecret() throws(ServerError) -> CloudinarySecret {
        let bytes: [UInt8]
        do {
            bytes = try SecretFile.read(secretFile)
        } catch {
            guard error != .keyMissing(file: secretFile) else {
                throw .key(file: secretFile, setting: Self.setting, reason: "it is missing")
            }
            throw .key(
                file: secretFile, setting: Self.setting, reason: error.reason(for: secretFile, secret: "secret"))
        }
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard !text.isEmpty else { throw .key(file: secretFile, setting: Self.setting, reason: "it is empty") }
        return CloudinarySecret(text)
    }

    private static let setting = "images.cloudinary.api_secret_file"
}
