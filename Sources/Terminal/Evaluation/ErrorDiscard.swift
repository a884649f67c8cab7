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

    /// Middle grey is the best brightness, a frontal head the best pose, a neutral face the best expression.
    static let measures = [
        Measure(name: "inter_eye_distance") { $0.interEyeDistance },
        Measure(name: "brightness") { -abs($0.brightness - 128) },
        Measure(name: "contrast") { $0.contrast },
        Measure(name: "dynamic_range") { $0.dynamicRange },
        Measure(name: "under_exposure") { -$0.underExposure },
        Measure(name: "over_exposure") { -$0.overExposure },
        Measure(name: "illumination_uniformity") { $0.illuminationUniformity },
        Measure(name: "sharpness") { $0.sharpness },
        Measure(name: "noise") { -$0.noise },
        Measure(name: "yaw") { -abs($0.yaw) },
        Measure(name: "pitch") { -abs($0.pitch) },
        Measure(name: "roll") { -abs($0.roll) },
        Measure(name: "eye_opening") { $0.eyeOpening },
        Measure(name: "mouth_opening") { -$0.mouthOpening },
        Measure(name: "mouth_width") { -abs($0.mouthWidth - 0.82) },
        Measure(name: "eye_highlight") { $0.eyeHighlight },
        Measure(name: "eye_glare") { -$0.eyeGlare },
        Measure(name: "mouth_texture") { $0.mouthTexture },
        Measure(name: "glasses") { -$0.glasses },
        Measure(name: "landmark_misfit") { -$0.landmarkMisfit },
        Measure(name: "share_inside") { $0.shareInside },
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
