/// Whether a terminal asks for liveness.
public enum LivenessMode: String, Sendable, CaseIterable {
    case off
    case on
    /// Whoever is recognised is asked for a movement too.
    case challenge
}

/// What the evidence comes to.
public enum LivenessVerdict: Sendable, Equatable {
    /// A living face, by better than even odds.
    case live
    /// A picture, within the budget of living people who are taken for one.
    case suspicious(LivenessReason)
    /// Signs both ways.
    case unclear
    /// Too few looks, or too short a time.
    case notEnough
}

/// The strongest sign against a living face, for staff.
public enum LivenessReason: String, Sendable, Codable, CaseIterable {
    case carried = "a picture that is held up: what is around the face moves with it"
    case plane = "a flat picture: the face moves like a plane"
    case edges = "a sheet or a screen: straight edges all around the face"
    case pattern = "a screen or a print: a regular pattern"
    case flicker = "a screen: its light flickers or has bands"
    case light = "a screen or a sheet: white reflections"
    case scene = "a sheet or a screen: something large was brought before the scene"
}

extension LivenessEvidence {
    /// Share of living people's tracks that may be called suspicious, unless another is wanted.
    public static let defaultBudget = 0.02

    /// The score below which a track is suspicious, in nats.
    /// - Parameters:
    ///   - budget: the share of living people's tracks that may lie below it (BPCER).
    ///   - knowsScene: whether the scene is known.
    public static func threshold(budget: Double, knowsScene: Bool = true) -> Double {
        LivenessModel.fitted(knowsScene: knowsScene).threshold(bpcer: budget)
    }

    /// The log-likelihood ratio of a living face against a shown one, in nats; larger is live. nil when too little was
    /// seen.
    public var score: Double? { measures.map { LivenessModel.fitted(knowsScene: $0.knowsScene).score($0) } }

    /// Live, suspicious, unclear, or not enough to say.
    /// - Parameter budget: the share of living people's tracks that may be called suspicious (BPCER).
    public func verdict(budget: Double = defaultBudget) -> LivenessVerdict {
        guard let measures else { return .notEnough }
        let model = LivenessModel.fitted(knowsScene: measures.knowsScene)
        let score = model.score(measures)
        if score < model.threshold(bpcer: budget) {
            return .suspicious(Self.reason(model.strongestParts(measures)))
        }
        return score >= 0 ? .live : .unclear
    }

    /// The sign whose measures together say most against a living face.
    private static func reason(_ parts: [Double]) -> LivenessReason {
        var sums: [LivenessMeasures.Sign: Double] = [:]
        for (kind, part) in zip(LivenessMeasures.kinds, parts) { sums[kind.sign, default: 0] += part }
        let strongest = LivenessReason.allCases.min { sums[$0.sign, default: 0] < sums[$1.sign, default: 0] }
        return strongest ?? .plane
    }
}

extension LivenessReason {
    var sign: LivenessMeasures.Sign {
        switch self {
        case .carried: .carried
        case .plane: .plane
        case .edges: .edges
        case .pattern: .pattern
        case .flicker: .flicker
        case .light: .light
        case .scene: .scene
        }
    }
}
