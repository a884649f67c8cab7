import Faces

/// The measures of a face as they stand in a document.
struct QualityJSON: Encodable {
    let quality: FaceQuality

    private enum Key: String, CodingKey {
        case interEyeDistance = "inter_eye_distance"
        case brightness, contrast, noise, sharpness, yaw, pitch, roll, glasses, score, good, reasons
        case dynamicRange = "dynamic_range"
        case underExposure = "under_exposure"
        case overExposure = "over_exposure"
        case illuminationUniformity = "illumination_uniformity"
        case eyeOpening = "eye_opening"
        case mouthOpening = "mouth_opening"
        case mouthWidth = "mouth_width"
        case eyeHighlight = "eye_highlight"
        case eyeGlare = "eye_glare"
        case mouthTexture = "mouth_texture"
        case landmarkMisfit = "landmark_misfit"
        case shareInside = "share_inside"
    }

    private static let measures: [(Key, any KeyPath<FaceQuality, Double> & Sendable)] = [
        (.interEyeDistance, \.interEyeDistance), (.brightness, \.brightness), (.contrast, \.contrast),
        (.dynamicRange, \.dynamicRange), (.underExposure, \.underExposure), (.overExposure, \.overExposure),
        (.illuminationUniformity, \.illuminationUniformity), (.sharpness, \.sharpness), (.noise, \.noise),
        (.yaw, \.yaw), (.pitch, \.pitch), (.roll, \.roll), (.eyeOpening, \.eyeOpening),
        (.mouthOpening, \.mouthOpening), (.mouthWidth, \.mouthWidth),
        (.eyeHighlight, \.eyeHighlight), (.eyeGlare, \.eyeGlare),
        (.mouthTexture, \.mouthTexture), (.glasses, \.glasses), (.landmarkMisfit, \.landmarkMisfit),
        (.shareInside, \.shareInside), (.score, \.score),
    ]

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        for (key, measure) in Self.measures { try object.encode(quality[keyPath: measure], forKey: key) }
        try object.encode(quality.isGood, forKey: .good)
        try object.encode(quality.reasons, forKey: .reasons)
    }
}
