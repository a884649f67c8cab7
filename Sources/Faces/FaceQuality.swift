import Capture

/// Why a face is not good enough to be described.
public enum QualityReason: String, Sendable, Codable, CaseIterable {
    case tooSmall = "too small"
    case tooDark = "too dark"
    case tooBright = "too bright"
    case blurred
    case turnedAway = "turned away"
    case cutOff = "cut off by the frame's border"

    /// What the person or the technician can do about it.
    public var advice: String {
        switch self {
        case .tooSmall: "come closer, or use a larger photograph"
        case .tooDark: "more light on the face"
        case .tooBright: "less light on the face, or a shorter exposure"
        case .blurred: "hold still, or clean and focus the lens"
        case .turnedAway: "look towards the camera"
        case .cutOff: "step into the middle of the picture"
        }
    }
}

/// The measures of one face and what is wrong with it; no reason means that it is good.
public struct FaceQuality: Sendable, Equatable {
    /// Distance between the eyes' centres, in pixels.
    public var interEyeDistance: Double
    /// Mean luma of the face, 0 to 255.
    public var brightness: Double
    /// Share of fine detail in the face's contrast (see `FaceMeasure.sharpness`); below 0.02 for blur, above 0.1 for a
    /// sharp photograph.
    public var sharpness: Double
    /// Turn of the head to a side, estimated from the nose's place between the eyes; 0 is frontal, 1 is at an eye.
    public var yaw: Double
    /// Turn up or down, estimated from the nose's place between eyes and mouth; 0 is frontal.
    public var pitch: Double
    /// Inclination of the line between the eyes, in degrees.
    public var roll: Double
    /// Why the face is refused; empty for a good one.
    public var reasons: [QualityReason]

    /// True when nothing is wrong.
    public var isGood: Bool { reasons.isEmpty }

    /// One number to choose the best shots by: larger is better.
    public var score: Double {
        let size = min(1, interEyeDistance / 60)
        let pose = max(0, 1 - abs(yaw)) * max(0, 1 - abs(pitch))
        return size * pose * (sharpness / (sharpness + 0.05))
    }
}

/// The bounds of the quality gate. The defaults are the terminal's; enrolment is stricter.
public struct QualityLimits: Sendable, Equatable {
    /// Pixels. The detector's smallest face has about 26.
    public var minimumInterEyeDistance = 22.0
    /// Luma, 0 to 255.
    public var brightness = 35.0...230.0
    /// A Gaussian blur of a tenth of the distance between the eyes brings a sharp face here.
    public var minimumSharpness = 0.02
    /// Share of half the distance between the eyes, 0 to 1.
    public var maximumYaw = 0.5
    /// Wide, because a camera that hangs high or low gives every face a pitch.
    public var maximumPitch = 1.1
    /// Degrees.
    public var maximumRoll = 35.0

    /// The terminal's bounds.
    public init() {}

    /// The bounds of a photograph for enrolment.
    public static var enrolment: QualityLimits {
        var limits = QualityLimits()
        limits.minimumInterEyeDistance = 24
        limits.minimumSharpness = 0.03
        limits.maximumYaw = 0.45
        limits.maximumRoll = 30
        return limits
    }

    /// Judges the measures of one face.
    public func judge(_ frame: Frame, landmarks: Landmarks) -> FaceQuality {
        let measure = FaceMeasure(frame: frame, landmarks: landmarks)
        var quality = FaceQuality(
            interEyeDistance: landmarks.interEyeDistance, brightness: measure.brightness,
            sharpness: measure.sharpness, yaw: measure.yaw, pitch: measure.pitch, roll: measure.roll, reasons: [])
        if measure.isCutOff { quality.reasons.append(.cutOff) }
        if quality.interEyeDistance < minimumInterEyeDistance { quality.reasons.append(.tooSmall) }
        if quality.brightness < brightness.lowerBound { quality.reasons.append(.tooDark) }
        if quality.brightness > brightness.upperBound { quality.reasons.append(.tooBright) }
        if quality.sharpness < minimumSharpness { quality.reasons.append(.blurred) }
        if abs(quality.yaw) > maximumYaw || abs(quality.pitch) > maximumPitch || abs(quality.roll) > maximumRoll {
            quality.reasons.append(.turnedAway)
        }
        return quality
    }
}
