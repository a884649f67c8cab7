import Terminal

/// The report of `evaluate liveness` for a technician.
struct LivenessText {
    private let report: LivenessReport

    init(_ report: LivenessReport) { self.report = report }

    /// Several lines.
    var text: String {
        var lines = [
            "living people  BPCER \(text(report.bpcer)); \(report.bonaFideUndecided) showed too little to say, "
                + "\(report.bonaFideNonResponses) without a face that could be described"
        ]
        lines += marked(report.bonaFideNamedWithoutLiveness, report.bonaFideNamedWithLiveness)
        for attack in report.attacks {
            lines.append(
                "\(attack.kind)  APCER \(text(attack.apcer)); \(attack.nonResponses) without a face that could be "
                    + "described; without liveness described: \(text(attack.describedWithoutLiveness))")
            lines += marked(attack.namedWithoutLiveness, attack.namedWithLiveness)
        }
        lines.append(
            "threshold \(fixed(report.threshold, 2)) nats for a BPCER of \(fixed(report.budget * 100, 2)) %; liveness "
                + "\(fixed(report.microsecondsPerLook, 0)) us a look, all \(fixed(report.cpuMillisecondsPerFrame, 1)) ms "
                + "of processor time a frame")
        return lines.joined(separator: "\n")
    }

    private func marked(_ without: LivenessReport.Rate?, _ with: LivenessReport.Rate?) -> [String] {
        guard let without, let with else { return [] }
        return ["    marked as the person without liveness: \(text(without)); with it: \(text(with))"]
    }

    private func text(_ rate: LivenessReport.Rate) -> String {
        guard let share = rate.rate, let interval = rate.interval else { return "unknown" }
        return "\(fixed(share * 100, 1)) % (\(rate.count) of \(rate.of); \(fixed(interval[0] * 100, 1)) to "
            + "\(fixed(interval[1] * 100, 1)) %)"
    }
}
