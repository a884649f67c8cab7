/// One roster, ready to decide about: the scorer, and what its decisions need.
public struct Identifier: Sendable {
    /// Compares shots with the roster's people.
    public let scorer: Scorer
    /// What a decision needs, whatever the roster.
    public let rule: DecisionRule
    /// What follows from it for this roster.
    public let point: OperatingPoint

    /// Makes a roster ready: some 40 µs a template, and as much again to find who looks alike.
    /// - Parameters:
    ///   - old: people who are in it with the same templates are taken over.
    ///   - findsLookAlikes: whether pairs who look alike get more care.
    public init(
        roster: Roster, rule: DecisionRule, calibration: Calibration = .standard, reusing old: Identifier? = nil,
        findsLookAlikes: Bool = true
    ) {
        self.rule = rule
        scorer = Scorer(roster: roster, calibration: calibration, reusing: old?.scorer)
        point = OperatingPoint(rule.budget, for: scorer, findsLookAlikes: findsLookAlikes)
    }

    /// Who may be recognised.
    public var roster: Roster { scorer.roster }

    /// What the evidence comes to when no more will follow.
    public func conclude(_ evidence: Evidence) -> Decision { rule.conclude(evidence, at: point) }
}
