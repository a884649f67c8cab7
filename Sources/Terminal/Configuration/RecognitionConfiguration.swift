import Configuration
import Faces

extension TerminalConfiguration {
    /// `[models]`: the file that recognition needs.
    public struct Models: Sendable, Equatable {
        /// Detector, landmarks and descriptor.
        public var pack: ModelPack

        init(_ table: TomlTable) throws(ConfigurationError) {
            try table.refuse(["landmarks", "descriptor"], forWhich: "pack", madeBy: "sudo rollcalld-models")
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
        /// Distance of descriptors up to which a person may be named.
        public var maximumDistance: Double
        /// How much nearer than the second person.
        public var minimumMargin: Double
        /// Shots that a decision needs.
        public var minimumShots: Int

        init(_ table: TomlTable) throws(ConfigurationError) {
            detector = try table.read("detector", .choice(), default: .hog)
            haarCascade = try table.read("haar_cascade", .path, default: HaarDetector.standardCascade)
            minimumInterEyePixels = try table.read("min_inter_eye_pixels", .number(in: 10...500), default: 22)
            maximumDistance = try table.read("max_distance", .number(in: 0.1...0.6), default: 0.44)
            minimumMargin = try table.read("min_margin", .number(in: 0...0.5), default: 0.08)
            minimumShots = try table.read("min_shots", .integer(in: 1...50), default: 3)
        }
    }
}
