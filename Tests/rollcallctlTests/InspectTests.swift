import Capture
import FoundationEssentials
import TestSupport
import Testing

/// `rollcallctl inspect` as it is run, with the real models and the portraits.
@Suite struct InspectTests {
    private let folder: TemporaryFolder
    private let program: BuiltProgram
    private let portrait: String

    init() throws {
        folder = try TemporaryFolder()
        program = try BuiltProgram("rollcallctl")
        portrait = try Fixtures.portraits + "/grace_hopper.jpg"
    }

    private func inspect(_ arguments: String...) throws -> BuiltProgram.Outcome {
        try program.run(["inspect", "--models", Fixtures.models] + arguments)
    }

    private struct Image: Decodable {
        let image: String
        let width: Int?
        let height: Int?
        let faces: [Face]
        let error: String?
    }

    private struct Face: Decodable {
        let box: [String: Double]
        let landmarks: [[Double]]
        let quality: Quality
        let descriptor: [Float]?
    }

    private struct Quality: Decodable {
        let inter_eye_distance: Double
        let good: Bool
        let reasons: [String]
    }

    private func images(_ outcome: BuiltProgram.Outcome) throws -> [Image] {
        try JSONDecoder().decode([Image].self, from: Data(outcome.output.utf8))
    }

    @Test func theDocumentOfAPortrait() throws {
        let outcome = try inspect("--json", portrait)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.isEmpty)
        let image = try #require(try images(outcome).first)
        #expect(image.image == portrait && image.error == nil)
        let frame = try ImageFile.load(path: portrait)
        #expect(image.width == frame.width && image.height == frame.height)
        #expect(image.faces.count == 1)
        let face = try #require(image.faces.first)
        #expect(Set(face.box.keys) == ["left", "top", "right", "bottom", "confidence"])
        #expect(face.landmarks.count == 68 && face.landmarks.allSatisfy { $0.count == 2 })
        #expect(face.quality.inter_eye_distance > 30)
        #expect(face.quality.good && face.quality.reasons.isEmpty)
        let norm = try #require(face.descriptor).reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(face.descriptor?.count == 128)
        #expect((1.2...1.7).contains(norm))
    }

    @Test func damagedImagesAreNamedAndTheOthersInspected() throws {
        let whole = try Array(Data(contentsOf: URL(filePath: portrait)))
        let cut = try folder.write("cut.jpg", whole.prefix(2000))
        let text = try folder.write("text.png", "no picture at all")
        let missing = folder.file("missing.jpg")
        let outcome = try inspect("--json", cut, text, missing, portrait)
        #expect(outcome.status == 1)
        let read = try images(outcome)
        #expect(read.map(\.image) == [cut, text, missing, portrait])
        #expect(read.map { $0.error == nil } == [false, false, false, true])
        #expect(read.map(\.faces.count) == [0, 0, 0, 1])
        for path in [cut, text, missing] {
            #expect(outcome.errors.split(separator: "\n").count { $0.contains(path) } == 1)
        }
        #expect(outcome.errors.contains("Inspecting 4/4 images in"))
    }

    @Test func aFolderAndAMissingFileAreToldApart() throws {
        let missing = folder.file("missing.jpg")
        let outcome = try inspect(folder.path, missing)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("rollcallctl: \(folder.path): it is a folder; name the images in it"))
        #expect(outcome.errors.contains("rollcallctl: \(missing): there is no such file; "))
    }

    @Test func aTruncatedPictureAtAnyByteIsAnErrorOrAPictureAndNeverACrash() throws {
        let whole = try Array(Data(contentsOf: URL(filePath: portrait)))
        let paths = try (0..<8).map { part in
            try folder.write("\(part).jpg", whole.prefix(whole.count * part / 8))
        }
        let outcome = try program.run(["inspect", "--json", "--models", Fixtures.models] + paths)
        #expect(outcome.status == 1)
        #expect(try images(outcome).count == 8)
    }

    @Test func aPictureWithoutAFaceIsNoFault() throws {
        let path = folder.file("grey.png")
        try PNGFile.write(rgb: [UInt8](repeating: 90, count: 320 * 240 * 3), width: 320, height: 240, path: path)
        let outcome = try inspect(path)
        #expect(outcome.status == 0)
        #expect(outcome.output == "\(path): 320x240 pixels, no face\n")
    }

    @Test func annotationDrawsBoxAndLandmarksAndLeavesTheRest() throws {
        let out = folder.file("out.png")
        let outcome = try inspect("--json", "--annotate", out, portrait)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let face = try #require(try images(outcome).first?.faces.first)
        let before = try pixels(portrait)
        let after = try pixels(out)
        #expect(after.frame.width == before.frame.width && after.frame.height == before.frame.height)
        func colour(_ x: Double, _ y: Double) -> [UInt8] {
            let at = (Int(y) * after.frame.width + Int(x)) * 3
            return Array(after.rgb[at..<at + 3])
        }
        let box = face.box
        #expect(colour(box["right"] ?? 0, ((box["top"] ?? 0) + (box["bottom"] ?? 0)) / 2) == [40, 200, 80])
        for point in face.landmarks[17..<68] { #expect(colour(point[0], point[1]) == [255, 240, 60]) }
        let changed = stride(from: 0, to: before.rgb.count, by: 3).count {
            before.rgb[$0..<$0 + 3] != after.rgb[$0..<$0 + 3]
        }
        #expect(changed > 500 && changed < before.rgb.count / 3 / 10)
    }

    /// The options count for more than the configuration.
    @Test func theDetectorIsTheOneThatIsAskedFor() throws {
        let picture = try Picture.withSmallFace()
        let small = folder.file("small.png")
        try PNGFile.write(rgb: picture.pixels, width: picture.width, height: picture.height, path: small)
        let config = try folder.write(
            "terminal.toml",
            configuration(recognition: "detector = \"both\"\nhaar_cascade = \"\(Fixtures.cascade)\""))
        func faces(_ arguments: String...) throws -> Int {
            let outcome = try program.run(["inspect", "--json", "--models", Fixtures.models] + arguments + [small])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try images(outcome).first?.faces.count ?? -1
        }
        #expect(try faces() == 0)
        #expect(try faces("--detector", "haar", "--haar-cascade", Fixtures.cascade) == 1)
        #expect(try faces("--config", config) == 1)
        #expect(try faces("--config", config, "--detector", "hog") == 0)
    }

    @Test func aCascadeThatIsMissingIsSaidInOneLineWhereItIsNeeded() throws {
        let missing = folder.file("none.xml")
        let outcome = try inspect("--detector", "both", "--haar-cascade", missing, portrait)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("rollcallctl: the Haar cascade \(missing) cannot be used: "))
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(try inspect("--detector", "hog", "--haar-cascade", missing, portrait).status == 0)
        #expect(try inspect("--detector", "cnn", portrait).status == 64)
    }

    @Test func modelsThatAreMissingAreSaidInOneLine() throws {
        let outcome = try program.run(["inspect", portrait], environment: ["ROLLCALL_MODELS": folder.path])
        #expect(outcome.status == 1)
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.errors.contains(folder.path))
        #expect(outcome.output.isEmpty)
    }

    private func pixels(_ path: String) throws -> (frame: Frame, rgb: [UInt8]) {
        let frame = try ImageFile.load(path: path)
        var rgb: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &rgb)
        return (frame, rgb)
    }
}
