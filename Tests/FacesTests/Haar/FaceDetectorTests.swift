import Capture
import TestSupport
import Testing

@testable import Faces

/// One detector or two, and faces framed alike.
@Suite struct FaceDetectorTests {
    private let engine: FaceEngine
    private let cascade: String

    init() throws {
        engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        cascade = try Fixtures.cascade
    }

    private func detect(_ kind: DetectorKind, _ frame: Frame, least: Int = 80, region: PixelRectangle? = nil) throws
        -> [FaceBox]
    {
        try FaceDetector(engine: engine, kind: kind, cascade: cascade)
            .detect(in: frame, minimumFace: least, region: region)
    }

    @Test(arguments: ["astronaut.png", "grace_hopper.jpg", "filippo_giunchedi.jpg"])
    func aHaarFaceIsFramedAsHOGFramesIt(portrait: String) throws {
        let frame = try Picture(portrait: portrait).frame()
        let hog = try #require(try detect(.hog, frame).first)
        let haar = try #require(try detect(.haar, frame).first { $0.overlap(with: hog) > 0.5 })
        #expect(haar.overlap(with: hog) > 0.7)
        #expect(haar.width == haar.height && haar.confidence > 0 && haar.confidence < 0.1)
        // The descriptor behind either box names the same person by far: two people's are 0.45 apart and more.
        let descriptors = try [hog, haar].map { box in
            try engine.describe(frame, landmarks: engine.landmarks(in: frame, box: box))
        }
        #expect(descriptors[0].distance(to: descriptors[1]) < 0.15)
    }

    @Test func bothSeeWhatOneSees() throws {
        // HOG sees no face of 40 pixels.
        let small = try ParityTests.scaled("astronaut.png", 0.45, 0, (400, 300)).frame()
        #expect(try detect(.hog, small, least: 38).isEmpty)
        let haar = try detect(.haar, small, least: 38)
        #expect(haar.count == 1)
        #expect(try detect(.both, small, least: 38) == haar)
        // A face that both see is HOG's, and comes first.
        let large = try Picture(portrait: "astronaut.png").frame()
        let hog = try detect(.hog, large)
        let both = try detect(.both, large)
        #expect(!hog.isEmpty && both.prefix(hog.count).elementsEqual(hog))
        #expect(both.allSatisfy { box in both.count { $0.overlap(with: box) > 0.25 } == 1 })
    }

    @Test(arguments: DetectorKind.allCases)
    func whatIsTooSmallOrOutsideIsNotSought(kind: DetectorKind) throws {
        let frame = try Picture(portrait: "astronaut.png").frame()
        #expect(try !detect(kind, frame).isEmpty)
        #expect(try detect(kind, frame, least: 300).isEmpty)
        let corner = PixelRectangle(left: 300, top: 280, width: 200, height: 200)
        #expect(try detect(kind, frame, region: corner).isEmpty)
        let upper = PixelRectangle(left: 120, top: 10, width: 220, height: 230)
        let found = try detect(kind, frame, region: upper)
        #expect(found.count == 1 && (found.first?.left ?? 0) > 120)
    }

    @Test func hogNeedsNoCascade() throws {
        _ = try FaceDetector(engine: engine, kind: .hog, cascade: "/missing.xml")
        #expect(throws: FaceError.self) { try FaceDetector(engine: engine, kind: .both, cascade: "/missing.xml") }
    }
}
