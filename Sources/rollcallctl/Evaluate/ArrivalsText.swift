import Progress
import Terminal

/// The report of `evaluate arrivals` for a technician.
struct ArrivalsText {
    private let report: ArrivalsReport

    init(_ report: ArrivalsReport) { self.report = report }

    /// Several lines.
    var text: String {
        var lines: [String] = []
        for stream in report.streams {
            if report.streams.count > 1 { lines.append("\(stream.name):") }
            lines += stream.marks.map(text)
            if report.streams.count > 1 { lines.append("  " + counts(stream)) }
        }
        lines.append(total)
        if let truth = report.truth { lines += text(truth) }
        if let latency = report.latency { lines.append(text(latency)) }
        if let cost = report.cost { lines.append(rollcallctl.text(cost, unit: "frames")) }
        return (lines + report.refused.map { "refused: \($0.text)" }).joined(separator: "\n")
    }

    private func text(_ mark: ArrivalsReport.MarkedPerson) -> String {
        "marked  \(mark.person) at frame \(mark.atFrame), \(fixed(mark.latencyMS, 0)) ms after the first good "
            + "frame (\(counted(mark.framesAt15, "frame")) at 15/s)"
    }

    private func counts(_ stream: ArrivalsReport.Stream) -> String {
        "\(counted(stream.frames, "frame")), \(counted(stream.tracks, "track")): "
            + "\(counted(stream.marks.count, "mark")), \(stream.unknown) unknown,"
            + " \(stream.unsure) unsure; \(fixed(stream.cpuSeconds, 2)) CPU seconds"
            + (stream.truth.map { "; " + verdict($0) } ?? "")
    }

    private var total: String {
        "\(counted(report.total(\.frames), "frame")), \(counted(report.total(\.tracks), "track")): "
            + "\(counted(report.marks.count, "mark")),"
            + " \(report.total(\.unknown)) unknown, \(report.total(\.unsure)) unsure;"
            + " \(fixed(report.streams.reduce(0) { $0 + $1.cpuSeconds }, 2)) CPU seconds"
    }

    private func verdict(_ truth: Truth.Verdict) -> String {
        "\(counted(truth.expected, "person", "people")) expected, \(truth.right) marked rightly, \(truth.wrong) wrongly,"
            + " \(truth.missed) missed, \(truth.doubled) doubled"
    }

    private func text(_ truth: Truth.Verdict) -> [String] {
        var lines = ["truth: " + verdict(truth)]
        if truth.expected > 0 { lines.append("missed: \(percent(report.missed)) of the people who were expected") }
        if truth.strangers > 0 {
            lines.append(
                "strangers named: \(truth.strangersNamed) of \(counted(truth.strangers, "walk-by")), "
                    + percent(report.strangersNamed))
        }
        return lines
    }

    private func text(_ latency: ArrivalsReport.Latency) -> String {
        let interval = latency.medianInterval.map { " (\(fixed($0.low, 0)) to \(fixed($0.high, 0)))" } ?? ""
        return "from the first good frame to the decision: median \(fixed(latency.medianMS, 0)) ms\(interval), "
            + "at most \(fixed(latency.maximumMS, 0)) ms; to the durable mark: "
            + "\(fixed(latency.durableMedianMS, 0)) ms, at most \(fixed(latency.durableMaximumMS, 0)) ms"
    }
}
