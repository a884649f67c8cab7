import Identification

extension DecisionRule {
    /// The rule for one uploaded photograph: a terminal's budget, spent on a single shot.
    static var upload: DecisionRule { DecisionRule().forSingleShots }
}
