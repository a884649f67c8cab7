/// What a line of progress says; a pure value.
struct ProgressText {
    let label: String
    let unit: String
    let total: Int?
    let done: Int
    let elapsed: Duration

    /// While work goes on: `Inspecting 12/51 images (23 %), 4.2/s, 9 s left`.
    var running: String {
        var parts = [amount + share]
        if let rate { parts.append(rate) }
        if let left, left >= .milliseconds(100) { parts.append("\(left.words) left") }
        return parts.joined(separator: ", ")
    }

    /// After the last: `Inspecting 51/51 images in 12 s, 4.2/s`.
    var ended: String {
        var text = "\(amount) in \(elapsed < .milliseconds(100) ? "less than 0.1 s" : elapsed.words)"
        if let rate { text += ", \(rate)" }
        return text
    }

    private var amount: String {
        guard let total else { return "\(label) \(done) \(unit)" }
        return "\(label) \(done)/\(total) \(unit)"
    }

    private var share: String {
        guard let total, total > 0 else { return "" }
        return " (\(done * 100 / total) %)"
    }

    /// Things per second, or seconds per thing where they are slow.
    private var rate: String? {
        guard done > 0, elapsed >= .milliseconds(100) else { return nil }
        let perSecond = Double(done) / (elapsed / .seconds(1))
        return perSecond >= 0.5 ? "\(Self.short(perSecond))/s" : "\(Self.short(1 / perSecond)) s each"
    }

    /// What is left at the mean rate so far.
    private var left: Duration? {
        guard let total, done > 0, done < total, elapsed >= .milliseconds(100) else { return nil }
        return elapsed / done * (total - done)
    }

    /// Two digits that count: 0.56, 4.2, 37, 1250.
    static func short(_ value: Double) -> String {
        switch value {
        case ..<1: return decimal(value, places: 2)
        case ..<10: return decimal(value, places: 1)
        default: return decimal(value, places: 0)
        }
    }

    private static func decimal(_ value: Double, places: Int) -> String {
        let scale = [1, 10, 100][places]
        guard value.isFinite, value < 1e15 else { return "?" }
        let scaled = Int((value * Double(scale)).rounded())
        guard places > 0 else { return "\(scaled)" }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
