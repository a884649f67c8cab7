// Written by tools/liveness/fit; `make liveness` makes it anew.

/// Fitted to 362 tracks of 30 people (tools/liveness/make-material, seed 1): clips and portraits with
/// depth against prints, cut prints, phones, tablets and monitors. Held out by person, at the threshold for 2 %:
/// clip: 82 tracks, 0.0 % suspicious.
/// monitor: 48 tracks, 75.0 % suspicious.
/// phone: 38 tracks, 94.7 % suspicious.
/// print: 46 tracks, 93.5 % suspicious.
/// print-cut: 44 tracks, 95.5 % suspicious.
/// puppet: 62 tracks, 4.8 % suspicious.
/// tablet: 42 tracks, 95.2 % suspicious.
extension LivenessModel {
    /// In the order of `LivenessMeasures.kinds`.
    static let fitted = LivenessModel(
        means: [
            0.6881, -0.4848, 0.2949, 0.6457, 0.7865, 0.5953, 0.571, -3.592, 0.04839, 0.2592, 0.25, 0.1837, 0.1593,
            0.05773, 0.04382, 0.2373, 0.1484, 0.206, 0.04208,
        ],
        units: [
            1.046, 2.531, 0.3085, 0.3169, 0.5087, 0.4462, 0.4287, 0.3447, 0.03048, 0.2639, 0.2317, 0.1996, 0.2216,
            0.1926, 0.1113, 0.5149, 0.3778, 0.3871, 0.1089,
        ],
        held: Hypothesis(
            weights: [
                0, -0.5016, -1.311, 0.2759, 0, -0.8048, -0.7208, 0.4482, 0.07443, -0.8456, -1.208, -0.8412, -0.5595,
                -0.713, 0, -0.3382, 0, -0.1498, 0,
            ],
            offset: -1.335),
        standing: Hypothesis(
            weights: [
                0, 0, -0.426, 0, 0.3061, -0.2975, -0.5244, 0.5561, 0.3416, -0.7755, -0.8319, -0.9375, -0.3719, -0.4139,
                -0.06515, -0.882, -0.2784, -0.1513, -0.01041,
            ],
            offset: -1.393),
        thresholds: [(0.05, -0.6299), (0.02, -0.7148), (0.01, -2.376), (0.005, -2.376), (0.001, -2.376)])
}
