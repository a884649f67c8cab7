import CMatch
import Faces

/// The calibration as it is worked with: projects descriptors, and compares them with the cohort.
struct Projection: Sendable {
    /// Photographs of one person beyond which more of them change no weight.
    static let mostPhotographs = 8

    let calibration: Calibration
    /// For 1, 2, ... photographs.
    private let models: [PairModel]
    /// What belongs to each of the cohort alone, as a person of one photograph.
    private let cohortTemplates: [Float]
    /// What belongs to each of the cohort alone, as a photograph, for each model.
    private let cohortProbes: [[Float]]

    init(_ calibration: Calibration) {
        self.calibration = calibration
        models = (1...Self.mostPhotographs).map { PairModel(between: calibration.between, photographs: $0) }
        let size = calibration.dimensions
        let rows = stride(from: 0, to: calibration.cohort.count, by: size).map { calibration.cohort[$0..<$0 + size] }
        let one = models[0]
        cohortTemplates = rows.map { one.ofTemplate($0) }
        cohortProbes = models.map { model in rows.map { model.ofProbe($0) } }
    }

    func model(photographs: Int) -> PairModel { models[min(max(photographs, 1), Self.mostPhotographs) - 1] }

    /// A descriptor's `dimensions` numbers.
    func project(_ descriptor: Descriptor) -> [Float] {
        // One of length zero is none of a face; it is like nobody.
        let length = max(descriptor.values.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-6)
        let centred = zip(descriptor.values, calibration.mean).map { $0 / length - $1 }
        return Self.products(calibration.projection[...], width: Descriptor.count, with: centred)
    }

    /// What belongs to a photograph alone when it is compared with 1, 2, ... photographs.
    func aloneOfProbe(_ z: [Float]) -> [Float] { models.map { $0.ofProbe(z) } }

    /// The mean of the highest scores of a photograph against the cohort.
    /// - Parameters:
    ///   - single: ready for the product with one photograph.
    ///   - alone: what belongs to it alone then.
    func nearness(ofProbe single: [Float], alone: Float) -> Float {
        let products = Self.products(calibration.cohort[...], width: calibration.dimensions, with: single)
        return meanOfHighest(zip(products, cohortTemplates).map(+)) + alone
    }

    /// The mean of the cohort's highest scores against a person with this mean.
    func nearness(ofTemplate mean: [Float], photographs: Int) -> Float {
        let model = model(photographs: photographs)
        let products = Self.products(calibration.cohort[...], width: calibration.dimensions, with: model.weighted(mean))
        let probes = cohortProbes[min(photographs, Self.mostPhotographs) - 1]
        return meanOfHighest(zip(products, probes).map(+)) + model.ofTemplate(mean)
    }

    /// The product of each row of `rows` with `values`.
    static func products(_ rows: ArraySlice<Float>, width: Int, with values: [Float]) -> [Float] {
        let count = rows.count / width
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            rows.withUnsafeBufferPointer { from in
                // Only an empty buffer has no address, and then there is no row.
                if let to = buffer.baseAddress { rm_products(from.baseAddress, count, width, values, to) }
            }
            filled = count
        }
    }

    private func meanOfHighest(_ scores: [Float]) -> Float {
        var highest = [Float](repeating: -.infinity, count: calibration.nearest)
        for score in scores where score > highest[0] {
            // The least of them is the first: the new one takes its place and moves up.
            highest[0] = score
            var at = 0
            while at + 1 < highest.count, highest[at] > highest[at + 1] {
                highest.swapAt(at, at + 1)
                at += 1
            }
        }
        return highest.reduce(0, +) / Float(highest.count)
    }
}
