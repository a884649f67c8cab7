import Glibc
import Progress
import Terminal

/// The detection error tradeoff of an evaluation: FNIR over FPIR, both axes logarithmic (ISO/IEC 19795-1; the plots of
/// NIST FRTE 1:N), with the operating point, the fixed rates and the figures beside it.
struct DETChart {
    private let report: IdentifyReport
    private let x: Axis
    private let y: Axis

    private static let curve = "#1f5fa8"
    private static let mark = "#c2410c"
    private static let ring = "fill=\"#ffffff\" stroke=\"\(curve)\" stroke-width=\"2\""

    init(_ report: IdentifyReport) {
        self.report = report
        // Down to the rate of one stranger, and to the least FNIR that there is, in whole decades.
        let leastFPIR = min(report.tradeoff.first?.fpir ?? 0.01, report.budget.strangerNamed)
        let leastFNIR = report.tradeoff.map(\.fnir).filter { $0 > 0 }.min() ?? 0.01
        x = Axis(least: min(leastFPIR, 0.01), from: 86, to: 586)
        y = Axis(least: min(leastFNIR, 0.01), from: 510, to: 62)
    }

    /// The drawing.
    var svg: String {
        var svg = SVG(width: 920, height: 580, title: "Detection error tradeoff")
        svg.label("Detection error tradeoff", 86, 36, size: 18, "font-weight=\"bold\"")
        drawGrid(&svg)
        if report.tradeoff.isEmpty {
            svg.label("no curve: there were no strangers, or nobody to be found", 336, 290, anchor: "middle")
        } else {
            drawCurve(&svg)
        }
        drawMarks(&svg)
        drawFigures(&svg)
        return svg.text
    }

    private func drawGrid(_ svg: inout SVG) {
        for tick in x.ticks {
            let at = x.place(tick.value)
            svg.line(at, y.from, at, y.to, "stroke=\"\(tick.label == nil ? "#eeeeee" : "#d4d4d4")\"")
            if let label = tick.label { svg.label(label, at, y.from + 20, anchor: "middle", size: 12) }
        }
        for tick in y.ticks {
            let at = y.place(tick.value)
            svg.line(x.from, at, x.to, at, "stroke=\"\(tick.label == nil ? "#eeeeee" : "#d4d4d4")\"")
            if let label = tick.label { svg.label(label, x.from - 8, at + 4, anchor: "end", size: 12) }
        }
        svg.rectangle(x.from, y.to, x.to - x.from, y.from - y.to, "fill=\"none\" stroke=\"#555555\"")
        svg.label("FPIR: strangers who are named", (x.from + x.to) / 2, y.from + 48, anchor: "middle")
        let middle = (y.from + y.to) / 2
        svg.label(
            "FNIR: people enrolled who are missed", 24, middle, anchor: "middle",
            "transform=\"rotate(-90 24 \(fixed(middle, 1)))\"")
    }

    private func drawCurve(_ svg: inout SVG) {
        let banded = report.tradeoff.compactMap { point in point.interval.map { (point.fpir, $0) } }
        let upper = banded.map { (x: x.place($0.0), y: y.place($0.1.high)) }
        let lower = banded.map { (x: x.place($0.0), y: y.place($0.1.low)) }
        svg.path(upper + lower.reversed(), isClosed: true, "fill=\"\(Self.curve)\" fill-opacity=\"0.14\"")
        svg.path(
            report.tradeoff.map { (x: x.place($0.fpir), y: y.place($0.fnir)) },
            "fill=\"none\" stroke=\"\(Self.curve)\" stroke-width=\"2.2\" stroke-linejoin=\"round\"")
    }

    private func drawMarks(_ svg: inout SVG) {
        let budget = x.place(report.budget.strangerNamed)
        svg.line(budget, y.from, budget, y.to, "stroke=\"\(Self.mark)\" stroke-dasharray=\"4 4\"")
        for (key, figure) in fixedRates {
            guard let fnir = figure.value else { continue }
            let at = (x: x.place(Double(key) ?? 1), y: y.place(fnir))
            svg.circle(at.x, at.y, radius: 4.5, Self.ring)
            svg.label(
                short(fnir), at.x + 8, at.y - 7, size: 12,
                "font-weight=\"bold\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\"")
        }
        guard let fnir = report.fnir.value, let fpir = report.fpir.value else { return }
        let at = (x: x.place(fpir), y: y.place(fnir))
        let style = "stroke=\"\(Self.mark)\" stroke-width=\"1.5\""
        if let fpir = report.fpir.interval { svg.line(x.place(fpir.low), at.y, x.place(fpir.high), at.y, style) }
        if let fnir = report.fnir.interval { svg.line(at.x, y.place(fnir.low), at.x, y.place(fnir.high), style) }
        svg.path(diamond(at.x, at.y), isClosed: true, "fill=\"\(Self.mark)\"")
    }

    private func drawFigures(_ svg: inout SVG) {
        var rows = Rows(x: 616, y: 76)
        rows.add("\(counted(report.gallery, "person", "people")) enrolled", to: &svg)
        if report.draws > 1 { rows.add("\(report.draws) galleries", to: &svg) }
        rows.add("\(counted(report.probes, "probe")) of \(counted(report.probedPeople, "person", "people"))", to: &svg)
        let searches = counted(report.strangers, "search", "searches")
        rows.add("\(searches) of \(counted(report.strangePeople, "stranger"))", to: &svg)
        rows.skip()
        svg.path(diamond(rows.x + 6, rows.y - 5), isClosed: true, "fill=\"\(Self.mark)\"")
        rows.add("operating point", indent: 22, isBold: true, to: &svg)
        rows.add("FNIR \(percent(report.fnir))", indent: 22, to: &svg)
        rows.add("FPIR \(percent(report.fpir))", indent: 22, to: &svg)
        svg.line(rows.x, rows.y - 5, rows.x + 14, rows.y - 5, "stroke=\"\(Self.mark)\" stroke-dasharray=\"4 4\"")
        rows.add("FPIR configured: \(short(report.budget.strangerNamed))", indent: 22, to: &svg)
        rows.skip()
        if !fixedRates.isEmpty {
            svg.circle(rows.x + 6, rows.y - 5, radius: 4.5, Self.ring)
            rows.add("FNIR at fixed FPIR", indent: 22, isBold: true, to: &svg)
        }
        for (key, figure) in fixedRates {
            rows.add("\(percent(figure)) at \(short(Double(key) ?? 0))", indent: 22, to: &svg)
        }
        rows.skip()
        svg.rectangle(rows.x, rows.y - 11, 14, 12, "fill=\"\(Self.curve)\" fill-opacity=\"0.14\"")
        rows.add("95 % confidence, over people", indent: 22, to: &svg)
    }

    /// Those that there were strangers enough for, the largest first.
    private var fixedRates: [(key: String, figure: Figure)] {
        report.fnirAtFPIR.filter { report.measures(fpir: Double($0.key) ?? 0) && $0.value.value != nil }
            .sorted { $0.key > $1.key }.map { (key: $0.key, figure: $0.value) }
    }

    private func diamond(_ x: Double, _ y: Double) -> [(x: Double, y: Double)] {
        [(x, y - 7), (x + 6, y), (x, y + 7), (x - 6, y)]
    }

    private func short(_ share: Double) -> String { Axis.percent(share) }

    /// Lines of text below each other.
    private struct Rows {
        let x: Double
        var y: Double

        mutating func add(_ text: String, indent: Double = 0, isBold: Bool = false, to svg: inout SVG) {
            svg.label(text, x + indent, y, size: 13, isBold ? "font-weight=\"bold\"" : "")
            y += 21
        }

        mutating func skip() { y += 12 }
    }

    /// A logarithmic axis in whole decades that ends at 1.
    private struct Axis {
        let least: Double
        let from: Double
        let to: Double
        private let decades: Double

        init(least: Double, from: Double, to: Double) {
            decades = -(log10(least) + 1e-9).rounded(.down)
            self.least = pow(10, -decades)
            self.from = from
            self.to = to
        }

        /// Where a share stands; what is below the axis, such as no error at all, stands on its end.
        func place(_ share: Double) -> Double {
            from + (to - from) * (log10(min(max(share, least), 1)) + decades) / decades
        }

        /// 1 to 9 in each decade; those with a label are the decades, and 2 and 5 in short axes.
        var ticks: [(value: Double, label: String?)] {
            var ticks: [(value: Double, label: String?)] = []
            for decade in 0..<Int(decades) {
                let start = least * pow(10, Double(decade))
                for digit in 1...9 {
                    let value = start * Double(digit)
                    let isLabelled = digit == 1 || (decades <= 3 && (digit == 2 || digit == 5))
                    ticks.append((value, isLabelled ? Self.percent(value) : nil))
                }
            }
            return ticks + [(1, "100 %")]
        }

        /// With as many decimal places as it needs, at most three.
        static func percent(_ share: Double) -> String {
            let places = share >= 0.1 ? 1 : share >= 0.001 ? 2 : 3
            var text = fixed(share * 100, places)
            if text.contains(".") {
                while text.hasSuffix("0") { text.removeLast() }
                if text.hasSuffix(".") { text.removeLast() }
            }
            return text + " %"
        }
    }
}
