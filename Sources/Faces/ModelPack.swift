import CFaces

/// The file that holds all face models, `rollcall-models.pack`: `make models` and `rollcalld-models` make it.
public struct ModelPack: Sendable, Equatable {
    /// Where the file is.
    public var path: String

    /// The file at `path`.
    public init(path: String) { self.path = path }

    /// The file of the usual name in a folder.
    public init(folder: String) { self.init(path: "\(folder)/rollcall-models.pack") }

    /// Where the packages' command puts it.
    public static let standardPath = "/var/lib/rollcall-models/rollcall-models.pack"
    /// What a template is stored with, so that one from another model is never compared.
    public static let descriptorName = "dlib-resnet-v1"

    /// What a good file says of itself.
    public struct Facts: Sendable, Equatable {
        /// Of the file's layout; it is the one that this program reads.
        public var version: Int
        /// Bytes.
        public var size: Int
        /// XXH3-128 of the whole file in hexadecimal digits.
        public var checksum: String
    }

    /// Checks the whole file as an engine does before it uses it: some milliseconds. Throws `.badModel`.
    public func check() throws(FaceError) -> Facts {
        var facts = rc_pack_facts()
        var message = [CChar](repeating: 0, count: 512)
        guard rc_pack_check(path, &facts, &message, message.count) == RC_OK else {
            throw .badModel(path: path, reason: text(message))
        }
        return Facts(
            version: Int(facts.version), size: Int(facts.size),
            checksum: withUnsafeBytes(of: facts.checksum) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
}

/// A message of the C functions.
func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
