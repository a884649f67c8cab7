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
    /// What `ours` and `reference` count, and for what.
    var unit: String
    /// Rounds.
    var n: Int

    enum CodingKeys: String, CodingKey {
        case name, processor, ours, reference, ratio, unit, n
    }

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
    }

    static let header = line("what", "processor", "ours", "dlib", "ratio", "a second", "n", "unit")

    var text: String {
        let perSecond = unit.hasPrefix("ms") ? decimal(1000 / ours) : "-"
        return Self.line(
            name, processor ?? "", decimal(ours), reference.map(decimal) ?? "-", ratio.map(decimal) ?? "-", perSecond,
            "\(n)", unit)
    }

    private static func line(_ cells: String...) -> String {
        let widths = [34, 10, 10, 10, 8, 10, 6]
        return zip(cells, widths).enumerated().map { index, cell in
            let fill = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? cell.0 + fill : fill + cell.0
        }.joined() + "  " + (cells.last ?? "")
    }

    private func decimal(_ value: Double) -> String {
        let scaled = (value * 1000).rounded() / 1000
        return value >= 100 ? "\((value * 10).rounded() / 10)" : "\(scaled)"
    }
}
