#if canImport(Glibc)
    import Glibc
#endif

/// What scores a roster's decisions need so that the error budget holds; worked out anew for every roster.
///
/// A stranger is compared with everybody, so with more people the threshold rises: by ln 10 = 2.3 nats for ten times as many
/// where the tail falls by 1 a nat. Once normalised by the cohort, a stranger's high scores for different people are nearly
/// independent, so the share who are named is 1 - exp(-sum of the shares of pairs above the threshold).
public struct OperatingPoint: Sendable, Equatable {
    /// What was asked for.
    public let budget: ErrorBudget
    /// People with a template.
    public let people: Int
    /// The mean score of a walk-by's shots from which a person is named, in nats.
    public let threshold: Float
    /// How much further the second person's score must be, in nats.
    public let margin: Float
    /// Below this score it is nobody on the roster: one right person in a hundred scores less with a single shot.
    public let unlikely: Float
    /// The score from which a photograph at enrolment deserves a look: one new person in fifty has as much as somebody else.
    public let warning: Float

    /// The operating point of the scorer's roster.
    init(_ budget: ErrorBudget, for scorer: Scorer) {
        self.budget = budget
        let counts = scorer.peopleByClass
        let risk = RosterRisk(counts: counts, classes: scorer.calibration.classes)
        people = counts.reduce(0, +)
        let caution = Self.caution(scorer.likeness, people: people)
        let threshold = risk.threshold(strangerNamed: budget.strangerNamed)
        let margin = risk.margin(studentForAnother: budget.studentForAnother, threshold: threshold)
        self.threshold = Float(threshold + caution)
        self.margin = Float(margin)
        unlikely = Float(min(threshold + caution, risk.leastGenuine))
        warning = Float(risk.threshold(strangerNamed: 0.02) + caution)
    }

    /// How much more is asked, in nats, where people look more alike than in the calibration.
    ///
    /// Where everybody's photographs come from one poor camera, scores of other people are higher, also from the roster's
    /// centre: on average by nothing for 51 portraits of a studio, by 7 nats for 20 people in grey pictures of one room, by
    /// 12 to 13 for five people at a webcam. Their highest ones, which count, rise by about a fifth of that. With few
    /// people, where little is known, it is taken for a webcam. And what is in common could not be taken away altogether:
    /// its effect is quadratic in what remains of it, 3.5 nats for one person.
    static func caution(_ likeness: (mean: Double, pairs: Int), people: Int) -> Double {
        guard people > 0 else { return 0 }
        let (webcam, weight) = (15.0, 10.0)
        let mean = (likeness.mean * Double(likeness.pairs) + webcam * weight) / (Double(likeness.pairs) + weight)
        return 0.2 * max(0, mean) + 3.5 / Double(people * people)
    }

    /// The odds of the second budget, in nats, that two people who look alike must be apart by.
    public var lookAlikeMargin: Float { Float(-log(budget.studentForAnother)) }
}

/// What may happen at a threshold to who passes a roster of so many people of each class.
struct RosterRisk {
    let counts: [Int]
    let classes: [Calibration.PhotographClass]

    private static let range = (low: -20.0, high: 60.0)

    /// For how many people of the roster a stranger's score is above `score`, on average.
    private func expected(above score: Double) -> Double {
        zip(counts, classes).reduce(0) { $0 + Double($1.0) * $1.1.impostors.share(above: score) }
    }

    func strangerNamed(threshold: Double) -> Double { -expm1(-expected(above: threshold)) }

    /// The least score at which at most this share of strangers is named.
    func threshold(strangerNamed share: Double) -> Double {
        Self.least { strangerNamed(threshold: $0) <= share }
    }

    /// The share of the roster's people whose own score is below another one's, which is above the threshold, by the
    /// margin or more: over all scores s of others, of which there are so many, the share of right scores below s - margin.
    func studentForAnother(threshold: Double, margin: Double) -> Double {
        let people = counts.reduce(0, +)
        guard people > 1 else { return 0 }
        let others = Double(people - 1) / Double(people)
        let step = 0.1
        var sum = 0.0
        for i in 0..<250 {
            let score = threshold + Double(i) * step
            let density = expected(above: score) - expected(above: score + step)
            let below = zip(counts, classes).reduce(0) {
                $0 + Double($1.0) * Self.share(of: $1.1.genuine, below: score + step / 2 - margin)
            }
            sum += density * others * below / Double(people)
        }
        return sum
    }

    /// Odds of ten to one, whatever the budget: on average it may hold without a margin, but of two people who are equally
    /// likely nobody is named.
    static let leastMargin: Double = log(10.0)

    /// The least margin at which at most this share is taken for another.
    func margin(studentForAnother share: Double, threshold: Double) -> Double {
        if studentForAnother(threshold: threshold, margin: Self.leastMargin) <= share { return Self.leastMargin }
        return Self.least { studentForAnother(threshold: threshold, margin: $0) <= share }
    }

    /// What one right person in a hundred scores less than, in the class where that is least.
    var leastGenuine: Double {
        zip(counts, classes).filter { $0.0 > 0 }.map { Double($0.1.genuine[1]) }.min() ?? 0
    }

    /// From quantiles, 0 to 100 %.
    private static func share(of quantiles: [Float], below score: Double) -> Double {
        guard let above = quantiles.firstIndex(where: { Double($0) > score }) else { return 1 }
        guard above > 0 else { return 0 }
        let low = Double(quantiles[above - 1])
        let high = Double(quantiles[above])
        return (Double(above - 1) + (score - low) / (high - low)) / Double(quantiles.count - 1)
    }

    /// The least number for which `holds`, which holds for all larger ones, by halving.
    private static func least(_ holds: (Double) -> Bool) -> Double {
        var (low, high) = range
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
