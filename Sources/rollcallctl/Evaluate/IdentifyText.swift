import Progress
import Terminal

/// The report of `evaluate identify` for a technician.
struct IdentifyText {
    private let report: IdentifyReport
    private let withDiscard: Bool

    init(_ report: IdentifyReport, withDiscard: Bool) {
        self.report = report
        self.withDiscard = withDiscard
    }

    /// Several lines.
    var text: String {
        var lines = counts + figures + fixedRates
        if let groups = report.groups { lines += text(groups) }
        if withDiscard { lines += discard }
        if let cost = report.cost {
            lines.append(rollcallctl.text(cost, unit: report.discard.isEmpty ? "searches" : "photographs"))
        }
        lines += mistakes
        lines += report.unreadable.map { "unreadable: \($0.reason)" }
        lines += report.refused.map { "refused: \($0.text)" }
        return lines.joined(separator: "\n")
    }

    private var counts: [String] {
        let galleries = report.draws == 1 ? "" : " in each of \(report.draws) galleries"
        var lines = [
            row(
                "gallery",
                "\(counted(report.gallery, "person", "people")), \(counted(report.templates, "template"))\(galleries), "
                    + "\(counted(report.refused.count, "photograph")) refused"),
            row("probes", count(report.probes, of: report.probedPeople, report.searchedProbes)),
            row("strangers", count(report.strangers, of: report.strangePeople, report.searchedStrangers)),
            row("not detected", "\(report.notDetected)"),
        ]
        if report.probesRefused > 0 { lines.append(row("refused", "\(report.probesRefused) for their quality")) }
        if report.strangers == 0 {
            let next = "give --strangers, or --gallery-size N --draws M, which leaves some people out"
            lines.append(row("", "without strangers there is no FPIR: \(next)"))
        }
        return lines
    }

    private var figures: [String] {
        var lines = [
            row("rank 1", percent(report.rank1)),
            row("FNIR", "\(percent(report.fnir)) at the operating point"),
        ]
        if report.probesRefused > 0 {
            lines.append(row("FNIR", "\(percent(report.fnirOfSearched)) of those that were searched"))
        }
        let fpir = "\(percent(report.fpir)) at the operating point; "
        let budget = report.budget
        let named = report.measures(fpir: budget.strangerNamed) ? report.fpirRatio : nil
        let tooFew = notMeasurable(report.searchedStrangers, "stranger")
        lines.append(row("FPIR", fpir + against(budget.strangerNamed, named, tooFew)))
        let misidentified = "\(report.misidentified), \(percent(report.misidentification)) of the probes; "
        let taken =
            report.measures(misidentification: budget.studentForAnother) ? report.misidentificationRatio : nil
        let ratio = against(budget.studentForAnother, taken, notMeasurable(report.searchedProbes, "probe"))
        lines.append(row("misidentified", misidentified + ratio))
        return lines
    }

    /// The budget and how much of it was used; nil where there were too few to say.
    private func against(_ configured: Double, _ ratio: Figure?, _ unmeasurable: String) -> String {
        let budget = "configured \(fixed(configured * 100, configured < 0.001 ? 3 : 2)) %"
        guard let ratio, let value = ratio.value else { return "\(budget), \(unmeasurable)" }
        let interval = ratio.interval.map { " (\(fixed($0.low, 2)) to \(fixed($0.high, 2)))" } ?? ""
        return "\(budget), \(fixed(value, 2)) times that\(interval)"
    }

    private func notMeasurable(_ count: Int, _ what: String) -> String {
        "not measurable with \(counted(count, what))"
    }

    private var fixedRates: [String] {
        let count = report.searchedStrangers
        let unmeasurable = notMeasurable(count, "stranger")
        return report.fnirAtFPIR.sorted { $0.key > $1.key }.map { fpir, fnir in
            row("FNIR", "\(report.measures(fpir: Double(fpir) ?? 0) ? percent(fnir) : unmeasurable) at FPIR \(fpir)")
        }
    }

    private func text(_ groups: GroupReport) -> [String] {
        let rows = groups.groups.map { group in
            [
                group.name, "\(group.people)", "\(group.probes)", percent(group.fnir), "\(group.strangers)",
                percent(group.fpir),
            ]
        }
        var lines = [""] + aligned([["group", "people", "probes", "FNIR", "strangers", "FPIR"]] + rows)
        lines.append("FNIR: " + text(groups.fnirRatio, of: groups.groups.map(\.fnir)))
        lines.append("FPIR: " + text(groups.fpirRatio, of: groups.groups.map(\.fpir)))
        if groups.ungrouped > 0 {
            lines.append("\(counted(groups.ungrouped, "person is", "people are")) in no group")
        }
        return lines + [""]
    }

    /// How far the groups are apart, in words.
    private func text(_ ratio: GroupReport.Ratio?, of figures: [Figure]) -> String {
        guard let ratio else {
            let known = figures.count { $0.value != nil }
            return known < 2 ? "fewer than two groups were searched, so there is no ratio" : "no group errs"
        }
        // What the rule of 3 leaves the group without errors is more than the worst group has.
        if ratio.isAtLeast, ratio.toBest <= 1 {
            return "\(ratio.worst) has the highest rate; \(ratio.best) has no error, and too few searches for a ratio"
        }
        return "\(ratio.worst) has \(ratio.isAtLeast ? "at least " : "")\(fixed(ratio.toBest, 2)) times the rate of "
            + "\(ratio.best), \(fixed(ratio.toGeometricMean, 2)) times the geometric mean of all"
            + (ratio.intervalsOverlap ? " (their intervals overlap: it may be chance)" : "")
    }

    private var discard: [String] {
        guard !report.discard.isEmpty else { return ["no error versus discard without pictures"] }
        let heading = ["FNIR without the worst"] + ErrorDiscard.shares.map { "\(fixed($0 * 100, 0)) %" }
        let rows = report.discard.map { each in
            ["by " + each.measure.replacing("_", with: " ")] + each.fnir.map { fixed($0 * 100, 2) + " %" }
        }
        return [""] + aligned([heading] + rows) + [""]
    }

    private var mistakes: [String] {
        let shown = report.mistakes.prefix(10).map { mistake in
            let second = mistake.second.map { ", the second \(fixed($0, 1))" } ?? ""
            return "named wrongly: \(mistake.face) of \(mistake.person) as \(mistake.named), "
                + "\(fixed(mistake.score, 1)) nats\(second)"
        }
        let more = report.mistakes.count - shown.count
        return more > 0 ? shown + ["named wrongly: \(more) more, with --json"] : shown
    }

    private func count(_ searches: Int, of people: Int, _ photographs: Int) -> String {
        let text = searches == people ? "\(searches)" : "\(searches) of \(counted(people, "person", "people"))"
        return searches == photographs ? text : "\(text), \(counted(photographs, "different photograph")) with a face"
    }
}

/// A name and what there is to say of it, one below the other.
func row(_ name: String, _ text: String) -> String {
    name + String(repeating: " ", count: max(1, 15 - name.count)) + text
}

/// Columns below each other, the first to the left and the others to the right.
func aligned(_ rows: [[String]]) -> [String] {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
        row.enumerated().map { column, cell in
            let space = String(repeating: " ", count: widths[column] - cell.count)
            return column == 0 ? cell + space : space + cell
        }.joined(separator: "  ")
    }
}

/// A share with its interval, in percent.
func percent(_ figure: Figure) -> String {
    guard let value = figure.value else { return "unknown" }
    let interval = figure.interval.map { " (\(fixed($0.low * 100, 2)) to \(fixed($0.high * 100, 2)))" } ?? ""
    return fixed(value * 100, 2) + " %" + interval
}

/// What an evaluation took.
func text(_ cost: EvaluationCost, unit: String) -> String {
    row(
        "took",
        "\(fixed(cost.wallSeconds, 1)) s, \(fixed(cost.cpuSeconds, 1)) CPU seconds, \(fixed(cost.peakMemoryMiB, 0)) MiB "
            + "at most, \(fixed(cost.perSecond, 0)) \(unit) a second")
}
