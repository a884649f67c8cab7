import CSeccomp

/// The terminal listens in one place, its status endpoint. Once that is open, no thread may listen anywhere else, whoever
/// has got hold of it.
enum ListeningBan {
    /// Forbids it for good. Returns the `errno` of a kernel that does not take the order, nil when it has.
    static func impose() -> Int32? {
        let result = cseccomp_forbid_listening()
        return result == 0 ? nil : -result
    }
}
