import ArgumentParser
import Capture
import Faces
import Glibc
import TestSupport

/// The tables of docs/detectors.md.
struct DetectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detectors",
        abstract: "Compare HOG, a Haar cascade and both: what each sees, sees wrongly, and costs.",
        discussion: """
            Every photograph must show one face, and so must every frame of the streams. Faces are put into pictures \
            of 640x480, changed as a door changes them, and searched for.
            """)

    @Argument(help: ArgumentHelp("Folders of photographs with one face each.", valueName: "dir"))
    var folders: [String] = []

    @Option(help: ArgumentHelp("A Y4M stream of one person. Several may be given.", valueName: "file"))
    var stream: [String] = []

    @Option(help: ArgumentHelp("The cascade.", valueName: "file"))
    var cascade = HaarDetector.standardCascade

    @Option(help: "Rounds of each time.")
    var rounds = 20

    func validate() throws {
        guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1.") }
    }

    func run() throws {
        let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        let trials = try DetectorKind.allCases.map { kind in
            (kind, try FaceDetector(engine: engine, kind: kind, cascade: cascade))
        }
        let folders = try self.folders.isEmpty ? [Fixtures.portraits] : self.folders
        let photographs = try folders.flatMap { try Photograph.all(in: $0, engine: engine) }
        print("\(photographs.count) photographs whose face HOG finds; cascade \(cascade)\n")
        guard !photographs.isEmpty else { throw FixtureError("no photograph with a face in \(folders)") }
        try Sightings(trials: trials).table(of: photographs)
        try Sightings(trials: trials).row(ofStreams: stream)
        try DetectorTimes(trials: trials, rounds: rounds).table(of: photographs.prefix(5))
        try Framing(engine: engine, haar: HaarDetector(cascade: cascade)).table(of: photographs)
    }
}

/// A photograph and where HOG sees the face in it.
struct Photograph {
    let name: String
    let picture: Picture
    let face: FaceBox

    /// Those of a folder that have a face.
    static func all(in folder: String, engine: FaceEngine) throws -> [Photograph] {
        let source = try ImageFolder(path: folder, framesPerSecond: 1, pace: .fullSpeed)
        let frame = Frame()
        var photographs: [Photograph] = []
        while try source.next(into: frame) {
            guard let face = try engine.detect(in: frame).first else { continue }
            var picture = Picture(width: frame.width, height: frame.height, grey: 0)
            try frame.copyRGB(
                PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &picture.pixels)
            photographs.append(Photograph(name: "\(folder) \(photographs.count)", picture: picture, face: face))
        }
        return photographs
    }

    /// The face in the middle of a canvas, `side` pixels wide, turned by `angle` radians.
    func placed(side: Double, angle: Double = 0, canvas: (width: Int, height: Int) = (640, 480)) -> Picture {
        let scale = side / Double(face.width)
        let a = Double(face.left + face.right + 1 - picture.width) / 2
        let b = Double(face.top + face.bottom + 1 - picture.height) / 2
        return picture.transformed(
            scale: scale, angle: angle, x: -scale * (cos(angle) * a - sin(angle) * b),
            y: -scale * (sin(angle) * a + cos(angle) * b), canvas: canvas)
    }
}
