/// Sets of keys for statements over many of them. They are cut into pieces of few sizes, so that few texts of statements come
/// of them: the databases keep those prepared.
extension Array {
    /// The elements in their order: pieces of 64, then of 8, then of one.
    var pieces: [ArraySlice<Element>] {
        var pieces: [ArraySlice<Element>] = []
        var rest = self[...]
        for size in [64, 8, 1] {
            while rest.count >= size {
                pieces.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
        }
        return pieces
    }
}

extension Collection {
    /// So many placeholders, or rows of them, as there are elements: `?, ?, ?`.
    func places(_ one: String = "?") -> String { repeatElement(one, count: count).joined(separator: ", ") }
}
