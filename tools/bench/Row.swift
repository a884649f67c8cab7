/// One line of the table and one object of `bench.json`.
struct Row: Encodable {
    /// What was timed.
    var name: String
    /// Median CPU milliseconds of ours; for the outbox, wall milliseconds.
    var oursMS: Double
    /// The same of the reference; nil where there is none.
    var referenceMS: Double?
    /// Median over the rounds of reference over ours.
    var ratio: Double?
    /// What `oursMS` is for.
    var unit: String
    /// Rounds.
    var n: Int

    enum CodingKeys: String, CodingKey {
        case name, ratio, unit, n
        case oursMS = "ours_ms"
        case referenceMS = "reference_ms"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(oursMS, forKey: .oursMS)
        try values.encode(referenceMS, forKey: .referenceMS)
        try values.encode(ratio, forKey: .ratio)
        try values.encode(unit, forKey: .unit)
        try values.encode(n, forKey: .n)
    }

    static let header = line("stage", "ours ms", "dlib ms", "ratio", "per second", "n", "unit")

    var text: String {
        Self.line(
            name, decimal(oursMS), referenceMS.map(decimal) ?? "-", ratio.map(decimal) ?? "-",
            decimal(1000 / oursMS), "\(n)", unit)
    }

    private static func line(_ cells: String...) -> String {
        let widths = [30, 10, 10, 8, 12, 6]
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
