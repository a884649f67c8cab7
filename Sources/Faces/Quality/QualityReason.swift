/// Why a face is not good enough to be described.
public enum QualityReason: String, Sendable, Codable, CaseIterable {
    case tooSmall = "too small"
    case tooDark = "too dark"
    case tooBright = "too bright"
    case lowContrast = "without contrast"
    case blurred
    case noisy
    case turnedAway = "turned away"
    case cutOff = "cut off by the frame's border"
    case eyesCovered = "covered over the eyes"
    case mouthCovered = "covered over the mouth"
    case reflection = "covered by reflections on glasses"

    /// What the person or the technician can do about it: one sentence.
    public var advice: String {
        switch self {
        case .tooSmall: "come closer, or use a larger photograph"
        case .tooDark: "more light on the face"
        case .tooBright: "less light on the face, or a shorter exposure"
        case .lowContrast: "clean the lens, and keep the light from shining into it"
        case .blurred: "hold still, or clean and focus the lens"
        case .noisy: "more light on the face, so that the camera need not amplify it"
        case .turnedAway: "look towards the camera"
        case .cutOff: "step into the middle of the picture"
        case .eyesCovered: "take off dark glasses, and keep hair and hands from the eyes"
        case .mouthCovered: "take off the mask, and keep scarf and hands from the mouth"
        case .reflection: "turn a little until nothing shines in the glasses, or take them off"
        }
    }
}
