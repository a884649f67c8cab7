import FoundationEssentials

/// How far a terminal has followed the roster: the epoch of the database, the generation of what the terminal serves, and
/// the revision of the last change that it has.
struct RosterCursor: Equatable, CustomStringConvertible {
    let epoch: String
    /// Counts the changes of the terminal's classes.
    let generation: Int64
    let revision: Int64
    /// While a roster is pulled from nothing: the revision that there was at its beginning. Changes up to it take nobody
    /// away from the terminal, which still has the people of the roster before until the last page.
    let start: Int64?

    init(epoch: String, generation: Int64, revision: Int64, start: Int64? = nil) {
        self.epoch = epoch
        self.generation = generation
        self.revision = revision
        self.start = start
    }

    /// Reads what `description` writes; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.dropFirst().compactMap { Int64($0) }.filter { $0 >= 0 }
        guard 3...4 ~= parts.count, numbers.count == parts.count - 1 else { return nil }
        self.init(
            epoch: String(parts[0]), generation: numbers[0], revision: numbers[1],
            start: numbers.count == 3 ? numbers[2] : nil)
    }

    var description: String {
        "\(epoch).\(generation).\(revision)" + (start.map { ".\($0)" } ?? "")
    }
}
