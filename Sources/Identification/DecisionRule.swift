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
}
