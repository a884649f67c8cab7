// Written by tools/liveness/fit; `make liveness` makes it anew.

/// Fitted to 374 tracks of 30 people (tools/liveness/make-material, seed 1): clips and portraits with
/// depth against prints, cut prints, phones, tablets and monitors. Held out by person, at the threshold for 2 %:
/// clip: 82 tracks, 0.0 % suspicious.
/// monitor: 48 tracks, 79.2 % suspicious.
/// phone: 44 tracks, 90.9 % suspicious.
/// print: 48 tracks, 97.9 % suspicious.
/// print-cut: 44 tracks, 95.5 % suspicious.
/// puppet: 62 tracks, 4.8 % suspicious.
/// tablet: 46 tracks, 95.7 % suspicious.
extension LivenessModel {
    /// In the order of `LivenessMeasures.kinds`.
    static let fittedAlone = LivenessModel(
        means: [
            0.7959, -0.2052, 0.3333, 0.6212, 0.7958, -3.362, -3.11, 0.5942, 0.5627, -3.596, 0.0483, -3.495, 0.2582,
            0.2526, 0.184, 0.1585, 0.06287, 0.04754, 0.2475, 0.1592, 0.2263, 0.03769, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ],
        units: [
            1.001, 2.46, 0.3091, 0.3091, 0.5121, 0.4548, 0.6544, 0.4549, 0.4318, 0.3356, 0.0293, 0.5697, 0.2623,
            0.2305, 0.1997, 0.2232, 0.2099, 0.115, 0.5204, 0.397, 0.4266, 0.1066, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        ],
        hypotheses: [
            Hypothesis(
                weights: [
                    0, -0.7021, -1.135, 0, 0, 0.3912, 0.2788, -0.7347, -1.36, 0, 0, 0.2833, -0.8997, -0.7722, -0.7998,
                    -0.575, -0.7064, 0, -0.4816, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                ],
                offset: -0.5722),
            Hypothesis(
                weights: [
                    0, -0.1435, -1.158, 0.3923, 0, 0, 0, -0.8121, -0.01737, 0.2488, 0.1591, 0, -0.9077, -1.336, -1.153,
                    -0.2239, -0.3856, -0.1948, -0.4686, -0.09583, -0.5737, -0.4218, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                ],
                offset: -1.272),
            Hypothesis(
                weights: [
                    0, 0, -0.3221, 0, 0, 0, 0, -0.3935, -0.5049, 0.424, 0.3754, 0, -0.823, -0.9435, -1.133, -0.1757,
                    -0.2474, -0.008363, -0.9798, -0.2235, 0, -0.3556, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                ],
                offset: -1.409),
        ],
        thresholds: [(0.05, 0), (0.02, -0.02874), (0.01, -2.024), (0.005, -2.024), (0.001, -2.918)])
    static let fittedWithScene = fittedAlone
}
