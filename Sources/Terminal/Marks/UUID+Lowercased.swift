import FoundationEssentials

extension UUID {
    /// As RFC 9562 writes it, as the server lists it, and as `journalctl ROLLCALL_PERSON=` finds it.
    var lowercased: String { uuidString.lowercased() }
}
