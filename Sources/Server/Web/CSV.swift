/// Comma-separated values, as RFC 4180 has them.
enum CSV {
    /// A line with its end.
    static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// Several lines.
    static func text(_ rows: [[String]]) -> String { rows.map(line).joined() }

    /// What a formula begins with; some spreadsheets take the wide forms for the same.
    private static let formulaBeginnings = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)

    /// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it, also behind a
    /// semicolon, at which a spreadsheet of many countries begins the next cell.
    static func cell(_ text: String) -> String {
        let text = String(harmless(text.unicodeScalars))
        let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return text }
        // By scalars: a quote with an accent on it is a quote to a spreadsheet.
        var quoted = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { quoted.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar]) }
        return "\"\(String(quoted))\""
    }

    private static func harmless(_ text: String.UnicodeScalarView) -> String.UnicodeScalarView {
        var harmless = String.UnicodeScalarView()
        var isBeginning = true
        for scalar in text {
            if isBeginning, formulaBeginnings.contains(scalar) { harmless.append("'") }
            harmless.append(scalar)
            isBeginning = scalar == ";"
        }
        return harmless
    }
}
