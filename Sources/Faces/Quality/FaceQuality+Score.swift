#if canImport(Glibc)
    import Glibc
#endif

extension FaceQuality {
    /// One number to choose and weight shots by, above 0 and up to 1: larger is better. It is the share of a perfect
    /// shot's evidence that a shot gives, where evidence goes with the inverse of the squared distance to be expected
    /// between a shot and its person's template.
    public var score: Double {
        let share = Self.perfectDistance / (Self.perfectDistance + expectedRise)
        return share * share
    }

    /// Distance between a photograph without fault and another of the same person (neutral and smiling, 51 people).
    private static let perfectDistance = 0.229

    /// By how much the faults of this face are expected to raise its distance to its person's template. Fitted by
    /// `tools/quality/fit.py` (non-negative least squares, Lawson & Hanson 1974, ch. 23) to what degrading photographs
    /// did to their distances; every term is 0 for a good photograph and grows with its fault, so that the score falls
    /// with each. Size has none: what few pixels lose, `sharpness` has lost already. docs/quality.md says how well it holds
    /// on people who were left out of the fit.
    var expectedRise: Double {
        func beyond(_ value: Double, _ bound: Double) -> Double { max(0, value - bound) }
        let blur = 0.0884 * beyond(log(0.4 / max(sharpness, 0.008)), 0)
        let noise = 0.0245 * beyond(min(noise, 15), 3)
        let white = 0.282 * overExposure * overExposure
        let haze = 0.103 * beyond(log(14 / max(contrast, 2.5)), 0)
        let border = 0.157 * beyond(0.9, shareInside)
        let misfit = 1.487 * beyond(min(landmarkMisfit, 0.12), 0.045)
        let mouth = 0.132 * beyond(0.35, mouthTexture)
        let darkGlasses = 0.119 * beyond(-0.5, max(eyeHighlight, -2))
        let glare = 0.546 * min(eyeGlare, 0.3) * (1 - overExposure)
        let turn = 0.029 * beyond(abs(yaw), 0.15)
        return blur + noise + white + haze + border + misfit + mouth + darkGlasses + glare + turn
    }
}
