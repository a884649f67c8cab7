/// Everything the doctor found, in the order of the data: from the camera to the server.
public struct DoctorReport: Sendable, Equatable {
    /// One for each check.
    public let findings: [Finding]

    /// The worst of the verdicts.
    public var verdict: Verdict { findings.map(\.verdict).max() ?? .ok }

    /// A table for people: verdict, name, what was found, and below it the next step.
    public var text: String {
        let nameWidth = findings.map(\.name.count).max() ?? 0
        let margin = String(repeating: " ", count: Self.verdictWidth + nameWidth + 4)
        var lines: [String] = []
        for finding in findings {
            lines.append(
                Self.padded(finding.verdict.rawValue, to: Self.verdictWidth) + "  "
                    + Self.padded(finding.name, to: nameWidth) + "  " + finding.found)
            if let step = finding.nextStep { lines.append("\(margin)→ \(step)") }
        }
        return (lines + ["", summary]).joined(separator: "\n")
    }

    private var summary: String {
        let counts = Verdict.allCases.reversed().compactMap { verdict -> String? in
            let count = findings.count { $0.verdict == verdict }
            guard count > 0 else { return nil }
            switch verdict {
            case .failed: return "\(count) failed"
            case .warning: return count == 1 ? "1 warning" : "\(count) warnings"
            case .ok: return "\(count) ok"
            }
        }
        return counts.joined(separator: ", ")
    }

    private static let verdictWidth = 7

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension DoctorReport: Encodable {
    private enum Key: String, CodingKey {
        case verdict, findings
    }

    private enum FindingKey: String, CodingKey {
        case name, verdict, found
        case nextStep = "next_step"
    }

    /// `{"verdict": …, "findings": [{"name", "verdict", "found", "next_step"}]}`; `next_step` is null when all is well.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(verdict, forKey: .verdict)
        var list = object.nestedUnkeyedContainer(forKey: .findings)
        for finding in findings {
            var row = list.nestedContainer(keyedBy: FindingKey.self)
            try row.encode(finding.name, forKey: .name)
            try row.encode(finding.verdict, forKey: .verdict)
            try row.encode(finding.found, forKey: .found)
            try row.encode(finding.nextStep, forKey: .nextStep)
        }
    }
}
