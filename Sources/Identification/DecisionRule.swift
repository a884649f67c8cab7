/// What a decision needs, whatever the roster; `OperatingPoint` is what follows for one roster.
public struct DecisionRule: Sendable, Equatable {
    /// Errors that are accepted.
    public var budget = ErrorBudget()
    /// Shots that a decision needs. The evidence of three keeps within the budget of one however often it is asked.
    public var minimumShots = 3

    /// The defaults; docs/accuracy.md says what they reach.
    public init() {}

    /// The same budget for a single photograph, which is all there is.
    public var forSingleShots: DecisionRule {
        var rule = self
        rule.minimumShots = 1
        return rule
    }

    /// What the evidence comes to when no more will follow.
    /// - Parameter point: of the roster that the evidence was gathered with.
    func conclude(_ evidence: Evidence, at point: OperatingPoint) -> Decision {
        guard evidence.shots > 0 else { return .unsure(.noGoodShot) }
        guard let best = evidence.best else { return .unknown(.emptyRoster) }
        if best.score < point.unlikely { return .unknown(.likeNobody(score: best.score)) }
        if best.score < point.threshold {
            return .unsure(.littleEvidence(score: best.score, need: point.threshold))
        }
        if best.margin < point.margin { return .unsure(.twoPeopleLikely(margin: best.margin, need: point.margin)) }
        let partners = point.lookAlikes.partners(of: best.person)
        // Who looks like another is asked for twice the shots, and is not guessed.
        let need = partners.isEmpty ? minimumShots : 2 * minimumShots
        if let nearest = partners.compactMap({ evidence.score(of: $0) }).max() {
            let margin = best.score - nearest
            if margin < point.lookAlikeMargin {
                return .unsure(.lookAlikes(margin: margin, need: point.lookAlikeMargin))
            }
        }
        if best.shots < need { return .unsure(.fewShots(have: best.shots, need: need)) }
        return .identified(best)
    }
}
