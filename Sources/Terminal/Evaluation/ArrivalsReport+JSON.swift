extension ArrivalsReport {
    private enum Key: String, CodingKey {
        case frames, tracks, marks, unknown, unsure, refused, truth, streams, latency, intervals, cost
        case cpuSeconds = "cpu_seconds"
        case missedRate = "missed_rate"
        case strangersNamedRate = "strangers_named_rate"
    }

    /// Writes the sums over all streams as if they were one, and each by itself under `streams`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(total(\.frames), forKey: .frames)
        try values.encode(total(\.tracks), forKey: .tracks)
        try values.encode(marks, forKey: .marks)
        try values.encode(total(\.unknown), forKey: .unknown)
        try values.encode(total(\.unsure), forKey: .unsure)
        try values.encode(streams.reduce(0) { $0 + $1.cpuSeconds }, forKey: .cpuSeconds)
        try values.encode(truth, forKey: .truth)
        try values.encode(latency, forKey: .latency)
        try values.encode(missed.value, forKey: .missedRate)
        try values.encode(strangersNamed.value, forKey: .strangersNamedRate)
        var intervals = values.nestedContainer(keyedBy: Key.self, forKey: .intervals)
        try intervals.encode(missed.interval, forKey: .missedRate)
        try intervals.encode(strangersNamed.interval, forKey: .strangersNamedRate)
        try values.encode(streams, forKey: .streams)
        try values.encode(cost, forKey: .cost)
        try values.encode(refused, forKey: .refused)
    }
}
