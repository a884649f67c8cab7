/// One line of the table and one object of `bench.json`.
struct Row: Encodable {
    /// What was measured.
    var name: String
    /// The vector instructions that ours used; nil where it does not matter.
    var processor: String?
    /// Median of ours.
    var ours: Double
    /// The same of the reference; nil where there is none.
    var reference: Double?
    /// Median over the rounds of reference over ours.
    var ratio: Double?
    /// What lies around the medians: a quarter of the rounds is below, another above.
    var spread: Spread?
    /// What `ours` and `reference` count, and for what.
    var unit: String
    /// Rounds.
    var n: Int

    /// Quartiles over the rounds.
    struct Spread: Encodable {
        var reference: Quartiles
        var ratio: Quartiles
    }

    enum CodingKeys: String, CodingKey {
        case name, processor, ours, reference, ratio, unit, n, spread
    }

    /// Whether the reference's times, which on a quiet machine are alike, scatter by more than a tenth: something else had
    /// the caches and the processor's units.
    var isUnsteady: Bool {
        guard let reference, let spread else { return false }
        return spread.reference.upper - spread.reference.lower > 0.1 * reference
    }

    static let unsteadyNote = """
        ~ the middle half of dlib's times is more than a tenth wide: other work had the caches and the processor, and the \
        row is worth less than on a quiet machine. "half" is the middle half of the ratios.
        """

    /// Writes every key, with null for what there is not.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(processor, forKey: .processor)
        try values.encode(ours, forKey: .ours)
        try values.encode(reference, forKey: .reference)
        try values.encode(ratio, forKey: .ratio)
        try values.encode(unit, forKey: .unit)
        try values.encode(n, forKey: .n)
        try values.encode(spread, forKey: .spread)
    }

    static let header = line("what", "processor", "ours", "dlib", "ratio", "half", "a second", "n", "unit")

    var text: String {
        let perSecond = unit.hasPrefix("ms") ? decimal(1000 / ours) : "-"
        let half = spread.map { "\(Self.short($0.ratio.lower))-\(Self.short($0.ratio.upper))" } ?? "-"
        return Self.line(
            name, processor ?? "", decimal(ours), reference.map { (isUnsteady ? "~" : "") + decimal($0) } ?? "-",
            ratio.map(Self.short) ?? "-", half, perSecond, "\(n)", unit)
    }

    private static func line(_ cells: String...) -> String {
        let widths = [34, 10, 9, 9, 7, 12, 10, 5]
        return zip(cells, widths).enumerated().map { index, cell in
            let fill = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? cell.0 + fill : fill + cell.0
        }.joined() + "  " + (cells.last ?? "")
    }

    /// Three digits: more do not repeat.
    private static func short(_ value: Double) -> String {
        switch value {
        case 100...: "\(Int(value.rounded()))"
        case 10...: "\((value * 10).rounded() / 10)"
        default: "\((value * 100).rounded() / 100)"
        }
    }

    private func decimal(_ value: Double) -> String {
        let scaled = (value * 1000).rounded() / 1000
        return value >= 100 ? "\((value * 10).rounded() / 10)" : "\(scaled)"
    }
}
