extension IdentifyReport: Encodable {
    private enum Key: String, CodingKey {
        case draws, gallery, templates, probes, strangers, rank1, fnir, fpir, misidentified, intervals, cost, groups,
            mistakes
        case unreadable, refused
        case probedPeople = "probed_people"
        case strangePeople = "strange_people"
        case searchedStrangers = "searched_strangers"
        case searchedProbes = "searched_probes"
        case notDetected = "not_detected"
        case probesRefused = "probes_refused"
        case fnirOfSearched = "fnir_of_searched"
        case misidentification = "misidentification_rate"
        case configuredFPIR = "configured_fpir"
        case configuredMisidentification = "configured_misidentification_rate"
        case misidentificationRatio = "misidentification_ratio"
        case fpirRatio = "fpir_ratio"
        case fnirAtFPIR = "fnir_at_fpir"
        case tradeoff = "det"
        case discard = "error_versus_discard"
    }

    /// Writes every key, with null for a figure that cannot be known; the figures' intervals stand together under
    /// `intervals`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        var intervals = values.nestedContainer(keyedBy: Key.self, forKey: .intervals)
        let figures: [(Key, Figure)] = [
            (.rank1, rank1), (.fnir, fnir), (.fnirOfSearched, fnirOfSearched), (.fpir, fpir),
            (.misidentification, misidentification), (.fpirRatio, fpirRatio),
            (.misidentificationRatio, misidentificationRatio),
        ]
        for (key, figure) in figures {
            try values.encode(figure.value, forKey: key)
            try intervals.encode(figure.interval, forKey: key)
        }
        try values.encode(fnirAtFPIR.mapValues(\.value), forKey: .fnirAtFPIR)
        try intervals.encode(fnirAtFPIR.mapValues(\.interval), forKey: .fnirAtFPIR)
        let counts: [(Key, Int)] = [
            (.draws, draws), (.gallery, gallery), (.templates, templates), (.probes, probes),
            (.probedPeople, probedPeople), (.strangers, strangers), (.strangePeople, strangePeople),
            (.searchedStrangers, searchedStrangers), (.searchedProbes, searchedProbes), (.notDetected, notDetected),
            (.probesRefused, probesRefused),
            (.misidentified, misidentified),
        ]
        for (key, count) in counts { try values.encode(count, forKey: key) }
        try values.encode(budget.strangerNamed, forKey: .configuredFPIR)
        try values.encode(budget.studentForAnother, forKey: .configuredMisidentification)
        try values.encode(tradeoff, forKey: .tradeoff)
        try values.encode(discard, forKey: .discard)
        try values.encode(groups, forKey: .groups)
        try values.encode(mistakes, forKey: .mistakes)
        try values.encode(cost, forKey: .cost)
        try values.encode(unreadable, forKey: .unreadable)
        try values.encode(refused, forKey: .refused)
    }
}
