/// A face that the rule named wrongly: what to look at when a figure is bad, for often it is a photograph in the wrong folder.
public struct Mistake: Sendable, Equatable, Encodable {
    /// Path of the photograph, or the number of the descriptor, counted from 0.
    public var face: String
    /// Whose it is.
    public var person: String
    /// Who was named.
    public var named: String
    /// Whether the person was enrolled.
    public var isEnrolled: Bool
    /// Of the one who was named, in nats.
    public var score: Double
    /// Of the second one; nil when there is none.
    public var second: Double?

    enum CodingKeys: String, CodingKey {
        case face, person, named, score, second
        case isEnrolled = "is_enrolled"
    }

    static let most = 100

    /// Those of a gallery or of several, each face in the gallery in which it scored highest.
    static func all(of trials: [Trial], population: EvaluationPopulation) -> [Mistake] {
        var seen: Set<Int> = []
        var mistakes: [Mistake] = []
        let wrong = trials.filter(\.isMisnamed)
            .sorted { ($1.result?.score ?? 0, $0.sample) < ($0.result?.score ?? 0, $1.sample) }
        for trial in wrong where seen.insert(trial.sample).inserted && mistakes.count < most {
            guard let nearest = trial.nearest, let result = trial.result else { continue }
            mistakes.append(
                Mistake(
                    face: population.paths.isEmpty ? "\(trial.sample)" : population.paths[trial.sample],
                    person: population.people[trial.person].name, named: population.people[nearest].name,
                    isEnrolled: trial.isMated, score: Double(result.score),
                    second: result.second.isFinite ? Double(result.second) : nil))
        }
        return mistakes
    }
}
