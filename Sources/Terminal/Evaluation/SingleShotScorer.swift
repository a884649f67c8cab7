import Faces
import Identification

/// What the scorer and the rule say of one face.
struct SearchResult: Sendable, Equatable {
    /// Index into the roster's people; -1 for nobody.
    var nearest: Int
    /// Larger when the nearest person is likelier; only its order counts.
    var score: Float
    /// The second person's score; minus infinity when there is none.
    var second: Float
    /// Whether the rule names the nearest person.
    var isNamed: Bool
    /// The measures of the face; nil where there is no picture.
    var quality: FaceQuality?
}

/// Single faces against one roster, by the terminal's scorer, evidence and rule; only the number of shots differs, which is
/// one. The one place in which an evaluation of photographs knows how they are scored.
struct SingleShotScorer {
    private let identifier: Identifier

    init(roster: Roster, rule: DecisionRule, calibration: Calibration) {
        identifier = Identifier(roster: roster, rule: rule.forSingleShots, calibration: calibration)
    }

    /// Searches one face.
    func search(_ descriptor: Descriptor, quality: FaceQuality?) -> SearchResult {
        var evidence = Evidence()
        evidence.add(descriptor, scorer: identifier.scorer)
        guard let best = evidence.best else {
            return SearchResult(nearest: -1, score: -.infinity, second: -.infinity, isNamed: false, quality: quality)
        }
        var isNamed = false
        if case .identified = identifier.conclude(evidence) { isNamed = true }
        return SearchResult(
            nearest: best.person, score: best.score, second: best.score - best.margin, isNamed: isNamed,
            quality: quality)
    }
}
