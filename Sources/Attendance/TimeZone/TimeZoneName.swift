/// Names of the IANA time zone database, as they are joined to the folder of the compiled zones.
public enum TimeZoneName {
    /// Throws `AttendanceError.invalidTimeZoneName` unless the name is safe as a path below a folder: ASCII letters,
    /// digits, "_", "+", "-" and single slashes between parts, at most 64 bytes. "." is not among them, so ".." is not.
    public static func validate(_ name: String) throws(AttendanceError) {
        let parts = Array(name.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard name.utf8.count <= 64, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAllowed) }) else {
            throw .invalidTimeZoneName(name)
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
