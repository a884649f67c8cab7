import Faces

/// One shot, ready to be compared with every person of a roster.
public struct Probe: Sendable {
    /// As the network made it.
    public let descriptor: Descriptor
    /// Its projection, from the roster's centre.
    let z: [Float]
    /// Ready for the product with one photograph.
    let single: [Float]
    /// What belongs to it alone when it is compared with 1, 2, ... photographs.
    let alone: [Float]
    /// How near it is to people of the cohort.
    let nearness: Float
    /// |z|².
    let energy: Float

    /// - Parameter centre: of the roster that it is compared with.
    init(_ descriptor: Descriptor, _ projection: Projection, centre: RosterCentre) {
        self.descriptor = descriptor
        z = zip(projection.project(descriptor), centre.place).map { $0 - $1 }
        single = projection.model(photographs: 1).weighted(z)
        alone = projection.aloneOfProbe(z)
        nearness = projection.nearness(ofProbe: single, alone: alone[0])
        energy = z.reduce(0) { $0 + $1 * $1 }
    }
}

/// One person's templates, ready to be compared with any probe.
struct EnrolledPerson: Sendable {
    /// Of the person's photographs alone so many count.
    static let mostSingles = 3

    /// Index into the calibration's classes.
    let photographClass: Int
    /// How many photographs, counted from 0, at most as many as there are models.
    private let count: Int
    /// First the mean, then up to three photographs, one row each; the mean ready for its product with z.
    private let rows: [Float]
    private let ofMean: Float
    private let ofSingles: [Float]
    /// What does not depend on the probe.
    private let constant: Float
    private let weights: [Float]

    /// Nil without a template.
    init?(_ templates: [Descriptor], _ projection: Projection, centre: RosterCentre) {
        guard !templates.isEmpty else { return nil }
        let all = templates.map { zip(projection.project($0), centre.place).map { $0 - $1 } }
        photographClass = projection.calibration.photographClass(of: all.count)
        count = min(all.count, Projection.mostPhotographs) - 1
        let model = projection.model(photographs: all.count)
        var mean = [Float](repeating: 0, count: projection.calibration.dimensions)
        for z in all { for i in mean.indices { mean[i] += z[i] / Float(all.count) } }
        let singles = all.prefix(Self.mostSingles)
        let one = projection.model(photographs: 1)
        rows = model.weighted(mean) + singles.flatMap { $0 }
        ofMean = model.ofTemplate(mean)
        ofSingles = singles.map { one.ofTemplate($0) }
        weights = projection.calibration.classes[photographClass].weights
        constant =
            weights[0] + weights[3] * projection.nearness(ofTemplate: mean, photographs: all.count)
            + weights[5] * mean.reduce(0) { $0 + $1 * $1 }
    }

    /// The log-likelihood ratio, in nats, that the probe shows this person: `tools/calibrate/rule.py` has the formula.
    func score(_ probe: Probe) -> Float {
        let width = probe.z.count
        let s = Projection.products(rows[..<width], width: width, with: probe.z)[0] + ofMean + probe.alone[count]
        var highest = -Float.infinity
        var lowest = Float.infinity
        for (product, own) in zip(Projection.products(rows[width...], width: width, with: probe.single), ofSingles) {
            highest = max(highest, product + own + probe.alone[0])
            lowest = min(lowest, product + own + probe.alone[0])
        }
        return constant + weights[1] * s + weights[2] * probe.nearness + weights[4] * probe.energy
            + weights[6] * highest + weights[7] * lowest
    }
}
