/// The text exposition format 0.0.4 of Prometheus, family by family.
struct MetricsText {
    private(set) var text = ""

    enum Kind: String {
        case counter, gauge, histogram
    }

    /// One sample of a family; labels in the order given.
    struct Sample {
        var suffix = ""
        var labels: [(name: String, value: String)] = []
        var value: Double
    }

    /// A family with its HELP and TYPE. A family without samples is left out.
    mutating func family(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP rollcall_\(name) \(help)\n# TYPE rollcall_\(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
            text +=
                "rollcall_\(name)\(sample.suffix)" + (labels.isEmpty ? "" : "{\(labels)}")
                + " \(number(sample.value))\n"
        }
    }

    /// A family of one sample without labels; left out without a value.
    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Double?) {
        family(name, kind, help, value.map { [Sample(value: $0)] } ?? [])
    }

    /// A family of one label: a sample for each of its values.
    mutating func split(_ name: String, _ kind: Kind, _ help: String, by label: String, _ values: [(String, Double)]) {
        family(name, kind, help, values.map { Sample(labels: [(label, $0.0)], value: $0.1) })
    }

    /// A histogram of seconds.
    mutating func histogram(_ name: String, _ help: String, _ record: LatencyRecord) {
        var total: UInt64 = 0
        var samples: [Sample] = []
        for (index, count) in record.buckets.enumerated() {
            total += count
            let bound = index < LatencyRecord.bounds.count ? number(LatencyRecord.bounds[index]) : "+Inf"
            samples.append(Sample(suffix: "_bucket", labels: [("le", bound)], value: Double(total)))
        }
        samples.append(Sample(suffix: "_sum", value: Double(record.sum) / 1e6))
        samples.append(Sample(suffix: "_count", value: Double(record.count)))
        family(name, .histogram, help, samples)
    }

    private func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    private func escaped(_ value: String) -> String {
        var result = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
