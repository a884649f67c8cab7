/// One roster, ready to decide about: the scorer, and what its decisions need.
public struct Identifier: Sendable {
    /// Compares shots with the roster's people.
    public let scorer: Scorer
    /// What a decision needs, whatever the roster.
    public let rule: DecisionRule
    /// What follows from it for this roster.
    public let point: OperatingPoint

    /// Makes a roster ready: some 40 µs a template.
    /// - Parameter old: people who are in it with the same templates are taken over, where it has this calibration.
    public init(
        roster: Roster, rule: DecisionRule, calibration: Calibration = .standard, reusing old: Identifier? = nil
    ) {
        self.rule = rule
        let before = old.flatMap { $0.scorer.calibration.classes == calibration.classes ? $0.scorer : nil }
        scorer = Scorer(roster: roster, calibration: calibration, reusing: before)
        point = OperatingPoint(rule.budget, for: scorer)
    }

    /// Who may be recognised.
    public var roster: Roster { scorer.roster }

    /// Whom the evidence does not tell from its best person: of two who look alike the other one, otherwise the second.
    public func rival(in evidence: Evidence, lookAlike isLookAlike: Bool) -> Int? {
        guard let best = evidence.best else { return nil }
        return isLookAlike
            ? lookAlike(of: best, in: evidence)?.person : evidence.others(within: point.margin).first?.person
    }

    private func lookAlike(of best: Candidate, in evidence: Evidence) -> Scored? {
        evidence.others(within: point.lookAlikeMargin).first { lookAlike(best.person, $0.person) }
    }

    /// What the evidence comes to when no more will follow.
    public func conclude(_ evidence: Evidence) -> Decision {
        guard evidence.shots > 0 else { return .unsure(.noGoodShot) }
        guard let best = evidence.best else { return .unknown(.emptyRoster) }
        if best.score < point.unlikely { return .unknown(.likeNobody(score: best.score)) }
        if best.score < point.threshold {
            return .unsure(.littleEvidence(score: best.score, need: point.threshold))
        }
        // Who looks like another is not guessed: the odds between the two must be those of the budget.
        if let other = lookAlike(of: best, in: evidence) {
            return .unsure(.lookAlikes(margin: best.score - other.score, need: point.lookAlikeMargin))
        }
        if best.margin < point.margin { return .unsure(.twoPeopleLikely(margin: best.margin, need: point.margin)) }
        if best.shots < rule.minimumShots { return .unsure(.fewShots(have: best.shots, need: rule.minimumShots)) }
        return .identified(best)
    }
}
