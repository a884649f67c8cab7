import Configuration

extension TerminalConfiguration {
    /// `[models]`: the two files that recognition needs.
    public struct Models: Sendable, Equatable {
        /// dlib's predictor of 68 landmarks.
        public var landmarks: String
        /// dlib's network that makes descriptors.
        public var descriptor: String

        init(_ table: TomlTable) throws(ConfigurationError) {
            let folder = "/var/lib/rollcall-models/"
            landmarks = try table.read(
                "landmarks", .path, default: folder + "shape_predictor_68_face_landmarks.dat")
            descriptor = try table.read(
                "descriptor", .path, default: folder + "dlib_face_recognition_resnet_model_v1.dat")
        }
    }

    /// `[recognition]`: when a face is good enough, and when evidence is.
    public struct Recognition: Sendable, Equatable {
        /// Pixels between the centres of the eyes below which a face is too small.
        public var minimumInterEyePixels: Double
        /// Distance of descriptors up to which a person may be named.
        public var maximumDistance: Double
        /// How much nearer than the second person.
        public var minimumMargin: Double
        /// Shots that a decision needs.
        public var minimumShots: Int

        init(_ table: TomlTable) throws(ConfigurationError) {
            minimumInterEyePixels = try table.read("min_inter_eye_pixels", .number(in: 10...500), default: 22)
            maximumDistance = try table.read("max_distance", .number(in: 0.1...0.6), default: 0.44)
            minimumMargin = try table.read("min_margin", .number(in: 0...0.5), default: 0.08)
            minimumShots = try table.read("min_shots", .integer(in: 1...50), default: 3)
        }
    }
}
