import CCalibration

/// What the identification knows of how people look alike, fitted by `make calibrate`; `Sources/CCalibration/README.md` says
/// what it holds. A two-covariance model (Brümmer & De Villiers, The speaker partitioning problem, Odyssey 2010) of
/// descriptors, a cohort, weights for each number of photographs, and how often scores of other people are high.
public struct Calibration: Sendable {
    /// For a person with so many photographs enrolled.
    struct PhotographClass: Sendable, Equatable {
        /// Of 1, S, mx, mt, |z|², |m|², highest, lowest.
        var weights: [Float]
        var impostors: ScoreTail
        /// Mean score of pairs of other people, in nats.
        var impostorMean: Float
        /// Quantiles of the right person's scores, in nats, from 0 to 100 %.
        var genuine: [Float]

        /// Whether photographs count alone too, besides their mean.
        var singlesCount: Bool { weights[6] != 0 || weights[7] != 0 }
    }

    /// Numbers of a projected descriptor.
    let dimensions: Int
    /// Of the people's means, of descriptors of length one.
    let mean: [Float]
    /// [dimensions][128]
    let projection: [Float]
    /// Variance between people in each dimension; within people it is 1.
    let between: [Float]
    /// [people][dimensions]
    let cohort: [Float]
    /// So many of the cohort, the nearest, count.
    let nearest: Int
    /// For 1, 2, and 3 and more photographs.
    let classes: [PhotographClass]
    /// How many people it was fitted on.
    public let people: Int
    /// How many photographs of them.
    public let photographs: Int

    /// What the programs are built with.
    public static let standard: Calibration = {
        var size = 0
        let bytes = rc_calibration(&size)
        do { return try Calibration(UnsafeRawBufferPointer(start: bytes, count: size)) } catch {
            preconditionFailure("the calibration that this program is built with: \(error)")
        }
    }()

    /// The parameters in a file's bytes.
    public init(_ bytes: UnsafeRawBufferPointer) throws(CalibrationError) {
        var reader = CalibrationReader(bytes: bytes)
        guard try reader.bytes(8).elementsEqual("rcident2".utf8) else { throw .notThisVersion }
        let header = try (0..<6).map { _ throws(CalibrationError) in Int(try reader.integer()) }
        dimensions = header[1]
        guard header[0] == 128, 16...128 ~= dimensions, dimensions % 16 == 0, 1...10_000 ~= header[2],
            1...header[2] ~= header[3]
        else { throw .notThisVersion }
        nearest = header[3]
        people = header[4]
        photographs = header[5]
        mean = try reader.floats(128)
        projection = try reader.floats(dimensions * 128)
        between = try reader.floats(dimensions)
        cohort = try reader.halves(header[2] * dimensions)
        guard between.allSatisfy({ $0 > 0 }) else { throw .damaged }
        var classes: [PhotographClass] = []
        for _ in 0..<3 {
            let weights = try reader.floats(8)
            let knots = Int(try reader.integer())
            guard 2...100 ~= knots else { throw .damaged }
            let scores = try reader.floats(knots)
            guard let tail = ScoreTail(scores: scores, logShares: try reader.floats(knots)) else { throw .damaged }
            let mean = try reader.floats(1)[0]
            let genuine = try reader.floats(101)
            guard zip(genuine, genuine.dropFirst()).allSatisfy(<=) else { throw .damaged }
            classes.append(PhotographClass(weights: weights, impostors: tail, impostorMean: mean, genuine: genuine))
        }
        self.classes = classes
        guard reader.isAtEnd else { throw .damaged }
    }

    /// The class of a person with so many photographs.
    func photographClass(of photographs: Int) -> Int { min(photographs, classes.count) - 1 }
}

/// Why a calibration cannot be used.
public enum CalibrationError: Error, Sendable, Equatable, CustomStringConvertible {
    case notThisVersion
    case damaged

    /// What is wrong, and the next step.
    public var description: String {
        switch self {
        case .notThisVersion: "it is no calibration of this version; make it with this version's make calibrate"
        case .damaged: "the calibration is damaged; make it anew with make calibrate"
        }
    }
}
