/// When evidence is enough. Conservative bounds on distance, margin and agreement; a calibrated error budget is to take
/// the place of this type, so nothing outside it knows a threshold.
public struct DecisionRule: Sendable, Equatable {
    /// Mean distance up to which a person may be named.
    public var maximumDistance: Float = 0.44
    /// How much nearer than the second person, in mean distance.
    public var minimumMargin: Float = 0.08
    /// Shots that a decision needs.
    public var minimumShots = 3
    /// Share of the shots whose nearest person must be the named one.
    public var minimumAgreement = 0.75
    /// Mean distance from which a track is nobody on the roster, not an unsure case.
    public var unknownDistance: Float = 0.55

    /// The defaults; docs/recognition.md says what they reach.
    public init() {}

    /// The same bounds for a single photograph, where agreement of several shots cannot be had.
    public var forSingleShots: DecisionRule {
        var rule = self
        rule.minimumShots = 1
        return rule
    }

    /// One number that grows as the candidate is nearer and the second person further, 0 to 1.1: the distance from 1,
    /// plus half the margin up to 0.2. Least distance minus half the margin halves the misses of least distance alone
    /// at a fixed FPIR.
    public func score(_ candidate: Candidate) -> Float {
        max(0, 1 - candidate.distance + 0.5 * min(candidate.margin, 0.2))
    }

    /// The person, as soon as the evidence is enough; nil while it is not.
    public func identify(_ evidence: Evidence) -> Candidate? {
        if case .identified(let candidate) = conclude(evidence) { return candidate }
        return nil
    }

    /// What the evidence comes to when no more will follow.
    public func conclude(_ evidence: Evidence) -> Decision {
        guard evidence.shots > 0 else { return .unsure(.noGoodShot) }
        guard let best = evidence.best else { return .unknown(.emptyRoster) }
        if best.distance >= unknownDistance { return .unknown(.farFromEverybody(distance: best.distance)) }
        if best.distance > maximumDistance {
            return .unsure(.notNearEnough(distance: best.distance, limit: maximumDistance))
        }
        if best.margin < minimumMargin {
            return .unsure(.twoPeopleNear(margin: best.margin, limit: minimumMargin))
        }
        let agreeing = evidence.agreeing(with: best.person)
        if Double(agreeing) < minimumAgreement * Double(best.shots) {
            return .unsure(.shotsDisagree(agreeing: agreeing, shots: best.shots))
        }
        if best.shots < minimumShots { return .unsure(.fewShots(have: best.shots, need: minimumShots)) }
        return .identified(best)
    }
}
