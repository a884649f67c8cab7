import Faces

/// How the misses fall when the worst faces by one measure are not searched: a measure that is worth asking about makes
/// them fall (error versus discard characteristic; Grother & Tabassi, Performance of biometric quality measures, IEEE PAMI
/// 29(4), 2007; ISO/IEC 29794-1).
public struct ErrorDiscard: Sendable, Equatable, Encodable {
    /// The measure's name, as in `inspect`.
    public var measure: String
    /// FNIR at the operating point, for each share of `shares`.
    public var fnir: [Double]

    /// Shares of the probes that are discarded.
    public static let shares = [0, 0.05, 0.1, 0.2, 0.3]

    /// A measure of a face, larger when the face is better.
    struct Measure: Sendable {
        var name: String
        var goodness: @Sendable (FaceQuality) -> Double
    }

    /// Middle grey is the best brightness, and a frontal head the best pose.
    static let measures = [
        Measure(name: "inter_eye_distance") { $0.interEyeDistance },
        Measure(name: "brightness") { -abs($0.brightness - 128) },
        Measure(name: "sharpness") { $0.sharpness },
        Measure(name: "yaw") { -abs($0.yaw) },
        Measure(name: "pitch") { -abs($0.pitch) },
        Measure(name: "roll") { -abs($0.roll) },
        Measure(name: "score") { $0.score },
    ]

    /// Every measure, over the probes of people who are to be found and whose face has a quality.
    static func all(of mated: [Trial]) -> [ErrorDiscard] {
        let judged = mated.compactMap { trial in
            trial.result?.quality.map { (quality: $0, isMissed: !trial.isIdentified) }
        }
        guard !judged.isEmpty else { return [] }
        return measures.map { measure in
            let sorted = judged.map { (goodness: measure.goodness($0.quality), isMissed: $0.isMissed) }
                .sorted { $0.goodness < $1.goodness }
            return ErrorDiscard(
                measure: measure.name,
                fnir: shares.map { share in
                    let kept = sorted.dropFirst(Int(share * Double(sorted.count) + 1e-9))
                    return Double(kept.count(where: \.isMissed)) / Double(max(kept.count, 1))
                })
        }
    }
}
