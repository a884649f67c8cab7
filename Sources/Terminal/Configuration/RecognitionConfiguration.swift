import Configuration
import Faces
import Identification

extension TerminalConfiguration {
    /// `[models]`: the file that recognition needs.
    public struct Models: Sendable, Equatable {
        /// Detector, landmarks and descriptor.
        public var pack: ModelPack

        init(_ table: TomlTable) throws(ConfigurationError) {
            try table.refuse(
                ["landmarks", "descriptor"], forWhich: "pack",
                which: "names one file for all, which `sudo rollcalld-models` makes")
            pack = ModelPack(path: try table.read("pack", .path, default: ModelPack.standardPath))
        }
    }

    /// `[recognition]`: when a face is good enough, and when evidence is.
    public struct Recognition: Sendable, Equatable {
        /// Who looks for faces.
        public var detector: DetectorKind
        /// The Haar cascade's file; read unless HOG looks alone.
        public var haarCascade: String
        /// Pixels between the centres of the eyes below which a face is too small.
        public var minimumInterEyePixels: Double
        /// Errors that are accepted.
        public var budget: ErrorBudget
        /// Shots that a decision needs.
        public var minimumShots: Int
        /// Whether a face must prove alive.
        public var liveness: LivenessMode

        init(_ table: TomlTable) throws(ConfigurationError) {
            detector = try table.read("detector", .choice(), default: .hog)
            haarCascade = try table.read("haar_cascade", .path, default: HaarDetector.standardCascade)
            minimumInterEyePixels = try table.read("min_inter_eye_pixels", .number(in: 10...500), default: 22)
            try table.refuse(
                ["max_distance", "min_margin"], forWhich: "stranger_named",
                which: "says how many strangers may be named, and thresholds follow from it")
            let stranger = try table.read(
                "stranger_named", .number(in: 0.0001...0.1), default: ErrorBudget().strangerNamed)
            budget = ErrorBudget(
                strangerNamed: stranger,
                studentForAnother: try table.read(
                    "student_for_another", .number(in: 0.00001...0.1),
                    default: ErrorBudget(strangerNamed: stranger).studentForAnother))
            minimumShots = try table.read("min_shots", .integer(in: 1...32), default: 3)
            liveness = try table.read("liveness", .choice(), default: .off)
        }
    }
}
