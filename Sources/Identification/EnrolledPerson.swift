import Faces

/// One person's photographs, projected, whatever the roster; editions of a roster share them.
struct ProjectedPerson: Sendable {
    /// Of the person's photographs alone so many count.
    static let mostSingles = 3

    /// How many photographs.
    let photographs: Int
    /// First the mean, then the photographs that count alone, one row each.
    let rows: [Float]

    /// Nil without a template.
    init?(_ templates: [Descriptor], _ projection: Projection) {
        guard let first = templates.first else { return nil }
        photographs = templates.count
        var mean = projection.project(first)
        var singles = mean
        for (index, template) in templates.enumerated().dropFirst() {
            let z = projection.project(template)
            if index < Self.mostSingles { singles += z }
            for i in mean.indices { mean[i] += z[i] }
        }
        for i in mean.indices { mean[i] /= Float(templates.count) }
        let count = projection.calibration.photographClass(of: templates.count)
        rows = projection.calibration.classes[count].singlesCount ? mean + singles : mean
    }

    /// The mean of the photographs.
    /// - Parameter width: numbers of a projected descriptor.
    func mean(width: Int) -> ArraySlice<Float> { rows[..<width] }
}

/// One person of a roster, ready to be compared with any probe.
struct EnrolledPerson: Sendable {
    /// The person's photographs.
    let projected: ProjectedPerson
    /// Index into the calibration's classes.
    let photographClass: Int
    private let model: PairModel
    /// Index into what belongs to a probe alone.
    private let alone: Int
    private let ofSingles: [Float]
    /// What does not depend on the probe.
    private let constant: Float
    private let weights: [Float]

    init(_ projected: ProjectedPerson, _ projection: Projection, centre: RosterCentre) {
        self.projected = projected
        photographClass = projection.calibration.photographClass(of: projected.photographs)
        alone = min(projected.photographs, Projection.mostPhotographs) - 1
        model = projection.model(photographs: projected.photographs)
        weights = projection.calibration.classes[photographClass].weights
        let width = centre.place.count
        let one = projection.model(photographs: 1)
        let centred = stride(from: 0, to: projected.rows.count, by: width).map { row in
            zip(projected.rows[row..<row + width], centre.place).map { $0 - $1 }
        }
        ofSingles = centred.dropFirst().map { one.ofTemplate($0) }
        let mean = centred[0]
        constant =
            weights[0] + weights[1] * model.ofTemplate(mean)
            + weights[3] * projection.nearness(ofTemplate: mean, photographs: projected.photographs)
            + weights[5] * mean.reduce(0) { $0 + $1 * $1 }
    }

    /// The log-likelihood ratio, in nats, that the probe shows this person: `tools/calibrate/rule.py` has the formula.
    func score(_ probe: Probe) -> Float {
        let width = probe.z.count
        let ready = alone == 0 ? probe.single : model.weighted(probe.z)
        let s = Projection.products(projected.mean(width: width), width: width, with: ready)[0] + probe.alone[alone]
        let score = constant + weights[1] * s + weights[2] * probe.nearness + weights[4] * probe.energy
        guard !ofSingles.isEmpty else { return score }
        let singles = zip(Projection.products(projected.rows[width...], width: width, with: probe.single), ofSingles)
            .map { $0 + $1 + probe.alone[0] }
        return score + weights[6] * (singles.max() ?? 0) + weights[7] * (singles.min() ?? 0)
    }
}
