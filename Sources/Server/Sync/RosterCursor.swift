import FoundationEssentials

/// How far a terminal has followed the roster: the epoch of the database, and the revision of the last change it has.
struct RosterCursor: Equatable, CustomStringConvertible {
    let epoch: String
    var revision: Int64

    init(epoch: String, revision: Int64) {
        self.epoch = epoch
        self.revision = revision
    }

    /// Reads what `description` writes; nil for anything else.
    init?(_ text: String) {
        guard let dot = text.lastIndex(of: "."), let revision = Int64(text[text.index(after: dot)...]), revision >= 0
        else { return nil }
        self.init(epoch: String(text[..<dot]), revision: revision)
    }

    var description: String { "\(epoch).\(revision)" }
}
