import Capture

/// The measures of one face and what is wrong with it; no reason means that it is good.
///
/// The measures are those of ISO/IEC 29794-5 and of its reference software OFIQ as far as luma and 68 landmarks allow;
/// docs/quality.md shows for each what it says of the error. Those with a default are then as in a good photograph.
public struct FaceQuality: Sendable, Equatable {
    /// Distance between the eyes' centres, in pixels (inter-eye distance).
    public var interEyeDistance: Double
    /// Mean luma of the face, 0 to 255 (luminance mean).
    public var brightness: Double
    /// Share of fine detail in the face's contrast, in the direction that has least of it (see `Focus.sharpness`): 0.3 to
    /// 1 for a sharp photograph, 0.06 to 0.25 for a soft video, below 0.03 for blur by motion or focus. (sharpness)
    public var sharpness: Double
    /// Turn of the head to a side, estimated from the nose's place between the eyes: about the tangent of the angle; 0 is
    /// frontal, 1 is at an eye, and positive is to the right in the image. (head pose: yaw)
    public var yaw: Double
    /// Turn up or down, estimated from the nose's place between eyes and mouth; 0 is frontal. (head pose: pitch)
    public var pitch: Double
    /// Inclination of the line between the eyes, in degrees. (head pose: roll)
    public var roll: Double
    /// Standard deviation of luma over the face, 0 to 128 (the root of the luminance variance).
    public var contrast = 30.0
    /// Entropy of the histogram of luma, in bits, 0 to 8 (dynamic range).
    public var dynamicRange = 6.7
    /// Share of the face that is nearly black, 0 to 1 (under-exposure prevention).
    public var underExposure = 0.0
    /// Share of the face that is nearly white, 0 to 1 (over-exposure prevention).
    public var overExposure = 0.0
    /// How much the left and the right half's histograms have in common, 0 to 1 (illumination uniformity).
    public var illuminationUniformity = 0.8
    /// Noise in luma, in units of luma: 1 to 3 is the face's own texture.
    public var noise = 2.0
    /// Opening of the lesser eye over the distance from eyes to chin: about 0.07; 0.035 is nearly shut. (eyes open)
    public var eyeOpening = 0.07
    /// Opening between the lips over the same distance: 0 is shut, 0.1 a laugh. (mouth closed)
    public var mouthOpening = 0.0
    /// Width of the mouth over the distance between the eyes: about 0.82, and 0.94 with a smile. (expression neutrality)
    public var mouthWidth = 0.82
    /// Luma of the brightest tenth about the eyes, less the face's mean, in units of the face's contrast: about 0.3; below
    /// -0.8 behind dark glasses. (eyes visible)
    public var eyeHighlight = 0.3
    /// Share of an eye's place that is nearly white, 0 to 1: reflections on glasses. (eyes visible)
    public var eyeGlare = 0.0
    /// Contrast about the mouth in units of the face's: about 0.8; 0 behind a plain mask. (mouth occlusion prevention)
    public var mouthTexture = 0.8
    /// The line of a frame of glasses; above `glassesBound` they are seen.
    public var glasses = 0.4
    /// How far the landmarks are from any view of a mean face, in distances between the eyes: about 0.04.
    /// (face occlusion prevention)
    public var landmarkMisfit = 0.04
    /// Share of the square about the face, of three distances between the eyes, that lies in the frame (crop of the face).
    public var shareInside = 1.0
    /// True when eyes or mouth lie outside the frame; then the measures of pixels are not taken.
    public var isCutOff = false
    /// Why the face is refused; empty for a good one.
    public var reasons: [QualityReason]

    /// Measure from which glasses are seen: nine of ten frames of glasses are beyond it, and one face of twenty without.
    static let glassesBound = 0.75

    /// True when nothing is wrong.
    public var isGood: Bool { reasons.isEmpty }

    /// Whether a frame of glasses is seen. Good enough for advice, and for nothing else.
    public var showsGlasses: Bool { glasses > Self.glassesBound }
}

extension FaceQuality {
    /// The measures of a face, not yet judged.
    init(_ measure: FaceMeasure, interEyeDistance: Double) {
        self.init(
            interEyeDistance: interEyeDistance, brightness: measure.exposure.mean, sharpness: measure.focus.sharpness,
            yaw: measure.landmarks.yaw, pitch: measure.landmarks.pitch, roll: measure.landmarks.roll,
            contrast: measure.exposure.contrast, dynamicRange: measure.exposure.dynamicRange,
            underExposure: measure.exposure.under, overExposure: measure.exposure.over,
            illuminationUniformity: measure.exposure.uniformity, noise: measure.focus.noise,
            eyeOpening: measure.landmarks.eyeOpening, mouthOpening: measure.landmarks.mouthOpening,
            mouthWidth: measure.landmarks.mouthWidth,
            eyeHighlight: measure.visibility.eyeHighlight, eyeGlare: measure.visibility.eyeGlare,
            mouthTexture: measure.visibility.mouthTexture, glasses: measure.visibility.glassesLine,
            landmarkMisfit: measure.landmarks.misfit, shareInside: measure.shareInside,
            isCutOff: measure.isCutOff, reasons: [])
    }
}
