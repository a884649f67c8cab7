import Capture

/// The bounds of the quality gate. The defaults are the terminal's; enrolment is stricter.
///
/// A bad shot is refused because it says little, not because it says something wrong: no fault that was tried brings a
/// face nearer to other people's (docs/quality.md). So a terminal refuses only shots of which three of four would miss the
/// right person; what is better or worse among the others, the score says.
public struct QualityLimits: Sendable, Equatable {
    /// Pixels. The detector's smallest face has about 26.
    public var minimumInterEyeDistance = 22.0
    /// Mean luma, 0 to 255; black is 16 in video, where a dark face is known by its want of contrast.
    public var brightness = 10.0...230.0
    /// Share of the face that may be nearly white.
    public var maximumOverExposure = 0.85
    /// Standard deviation of luma.
    public var minimumContrast = 3.0
    /// A Gaussian blur of a fifteenth of the distance between the eyes brings a sharp face here.
    public var minimumSharpness = 0.03
    /// In luma.
    public var maximumNoise = 12.0
    /// The tangent of the angle: about 39 degrees, up to which the error does not rise. The detector sees few beyond.
    public var maximumYaw = 0.8
    /// Wide, because a camera that hangs high or low gives every face a pitch.
    public var maximumPitch = 1.1
    /// Degrees. Rotation does not count: the alignment of the descriptor takes it out. The detector sees little beyond 45.
    public var maximumRoll = 60.0
    /// In units of the face's contrast. A terminal refuses nobody for glasses or masks: about half are recognised.
    public var minimumEyeHighlight = -Double.infinity
    /// Share of an eye's place.
    public var maximumEyeGlare = 1.0
    /// In units of the face's contrast.
    public var minimumMouthTexture = 0.0
    /// Share of the square about the face.
    public var minimumShareInside = 0.4

    /// Mean luma below which a face without contrast wants light.
    private static let dark = 50.0

    /// The terminal's bounds.
    public init() {}

    /// The bounds of a photograph for enrolment: a template is compared with every shot of a year.
    public static var enrolment: QualityLimits {
        var limits = QualityLimits()
        limits.minimumInterEyeDistance = 24
        limits.brightness = 30...220
        limits.maximumOverExposure = 0.4
        limits.minimumContrast = 6
        limits.minimumSharpness = 0.04
        limits.maximumNoise = 8
        limits.maximumYaw = 0.45
        limits.maximumRoll = 30
        limits.minimumEyeHighlight = -0.8
        limits.maximumEyeGlare = 0.15
        limits.minimumMouthTexture = 0.25
        limits.minimumShareInside = 0.6
        return limits
    }

    /// Judges the measures of one face.
    public func judge(_ frame: Frame, landmarks: Landmarks) -> FaceQuality {
        let measure = FaceMeasure(frame: frame, landmarks: landmarks)
        var quality = FaceQuality(measure, interEyeDistance: landmarks.interEyeDistance)
        quality.reasons = reasons(for: quality)
        return quality
    }

    /// What is wrong with a face of these measures under these bounds, whatever `reasons` it has.
    public func reasons(for quality: FaceQuality) -> [QualityReason] {
        var reasons: [QualityReason] = []
        func note(_ isWrong: Bool, _ reason: QualityReason) { if isWrong { reasons.append(reason) } }
        note(quality.isCutOff || quality.shareInside < minimumShareInside, .cutOff)
        note(quality.interEyeDistance < minimumInterEyeDistance, .tooSmall)
        if !quality.isCutOff { notePixels(quality, note) }
        let isTurned =
            abs(quality.yaw) > maximumYaw || abs(quality.pitch) > maximumPitch || abs(quality.roll) > maximumRoll
        note(isTurned, .turnedAway)
        return reasons
    }

    private func notePixels(_ quality: FaceQuality, _ note: (Bool, QualityReason) -> Void) {
        let isFlat = quality.contrast < minimumContrast
        let isBlack = quality.brightness < brightness.lowerBound || isFlat && quality.brightness < Self.dark
        let isWhite = quality.brightness > brightness.upperBound || quality.overExposure > maximumOverExposure
        note(isBlack, .tooDark)
        note(isWhite, .tooBright)
        // What is black or white has no contrast and nothing to be seen in it, and the reason is known.
        let isLit = !isBlack && !isWhite
        note(isLit && isFlat, .lowContrast)
        note(quality.sharpness < minimumSharpness, .blurred)
        note(quality.noise > maximumNoise, .noisy)
        note(isLit && quality.eyeHighlight < minimumEyeHighlight, .eyesCovered)
        note(isLit && quality.eyeGlare > maximumEyeGlare, .reflection)
        note(isLit && quality.mouthTexture < minimumMouthTexture, .mouthCovered)
    }
}
