import Identification

extension DecisionRule {
    /// The rule for one uploaded photograph: a terminal's bounds, but for what a single shot cannot have. Three shots that
    /// agree are replaced by a wider margin to the second person, 0.12 instead of 0.08: among 100 to 1000 people it names
    /// 0.05 to 0.15 % of strangers instead of 0.2 to 0.3 %, and is unsure of 23 to 31 % of the enrolled instead of 21 to
    /// 24 % (docs/recognition.md).
    static var upload: DecisionRule {
        var rule = DecisionRule().forSingleShots
        rule.minimumMargin = 0.12
        return rule
    }
}
