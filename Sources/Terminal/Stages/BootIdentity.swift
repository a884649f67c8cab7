import FoundationEssentials

/// The kernel's name of this boot: marks of one boot share one boot-time clock.
enum BootIdentity {
    static let path = "/proc/sys/kernel/random/boot_id"

    /// The boot's id, or a new one where the kernel gives none: then this start counts as a boot of its own.
    static func read() -> UUID {
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        let text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return UUID(uuidString: text) ?? UUID()
    }
}
