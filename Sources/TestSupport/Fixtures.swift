import Glibc

/// What a test needs and does not have; `make test` brings it.
public struct FixtureError: Error, CustomStringConvertible, Sendable, Equatable {
    /// What is missing and how to bring it.
    public let description: String

    /// One line.
    public init(_ description: String) { self.description = description }
}

/// Files that `make setup` brings before the tests run.
public enum Fixtures {
    /// The folder of the pack of models and of dlib's two models: `ROLLCALL_MODELS`, or `var/models` of this package.
    public static var models: String {
        get throws {
            try existing(
                variable("ROLLCALL_MODELS") ?? "\(package)/var/models",
                holding: ["rollcall-models.pack", landmarksName, descriptorName])
        }
    }

    /// dlib's two models, for dlib: what it is that ours is compared with.
    public static var dlibModels: (landmarks: String, descriptor: String) {
        get throws {
            let folder = try models
            return ("\(folder)/\(landmarksName)", "\(folder)/\(descriptorName)")
        }
    }

    /// The folder of OpenCV's cascades that its Python module brings, the same files as in Debian's opencv-data.
    public static var cascades: String {
        get throws { try existing("\(package)/var/python/cv2/data", holding: ["haarcascade_frontalface_alt2.xml"]) }
    }

    /// OpenCV's cascade that the documentation recommends.
    public static var cascade: String {
        get throws { try "\(cascades)/haarcascade_frontalface_alt2.xml" }
    }

    /// The folder of the portraits that docs/samples.md lists: `ROLLCALL_PORTRAITS`, or
    /// `var/portraits` of this package.
    public static var portraits: String {
        get throws {
            try existing(
                variable("ROLLCALL_PORTRAITS") ?? "\(package)/var/portraits",
                holding: ["astronaut.png", "grace_hopper.jpg", "filippo_giunchedi.jpg"])
        }
    }

    /// The root of this package.
    public static var package: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    }

    private static let landmarksName = "shape_predictor_68_face_landmarks.dat"
    private static let descriptorName = "dlib_face_recognition_resnet_model_v1.dat"

    private static func existing(_ folder: String, holding names: [String]) throws -> String {
        for name in names where access("\(folder)/\(name)", R_OK) != 0 {
            throw FixtureError("\(folder)/\(name) is missing; run `make setup` first, or `make test`, which does")
        }
        return folder
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
