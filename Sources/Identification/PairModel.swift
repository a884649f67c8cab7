#if canImport(Glibc)
    import Glibc
#endif

/// The log-likelihood ratio of one photograph z and the mean m of n photographs of somebody, in projected numbers (the
/// two-covariance model of `Calibration`), taken apart into one product of z and m and what belongs to each alone:
///
///     S = sum over j of [ -(z - M)² / (2 (v + 1)) + z² / (2 (b + 1)) + ln((b + 1) / (v + 1)) / 2 ]
///
/// with v = b / (1 + n b) and M = n v m.
struct PairModel: Sendable {
    /// What z is multiplied by before its product with m.
    private let product: [Float]
    /// Of z² in what belongs to z.
    private let probe: [Float]
    /// Of m² in what belongs to m.
    private let template: [Float]
    private let constant: Float

    init(between: [Float], photographs: Int) {
        let n = Float(photographs)
        var product: [Float] = []
        var probe: [Float] = []
        var template: [Float] = []
        var constant: Float = 0
        for b in between {
            let v = b / (1 + n * b)
            product.append(n * v / (v + 1))
            probe.append(0.5 / (b + 1) - 0.5 / (v + 1))
            template.append(-0.5 * n * n * v * v / (v + 1))
            constant += 0.5 * log((b + 1) / (v + 1))
        }
        (self.product, self.probe, self.template, self.constant) = (product, probe, template, constant)
    }

    /// z or m, ready for the product with the other one.
    func weighted(_ values: [Float]) -> [Float] { zip(values, product).map { $0 * $1 } }

    /// The product of z and m.
    func product(_ z: [Float], _ m: [Float]) -> Float {
        zip(zip(z, m), product).reduce(0) { $0 + $1.0.0 * $1.0.1 * $1.1 }
    }

    /// What belongs to the photograph alone, and the constant.
    func ofProbe(_ z: some Sequence<Float>) -> Float { zip(z, probe).reduce(constant) { $0 + $1.0 * $1.0 * $1.1 } }

    /// What belongs to the person alone.
    func ofTemplate(_ m: some Sequence<Float>) -> Float { zip(m, template).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } }
}
