import Testing

@testable import Faces

/// Registration of a face, and whether its surroundings come along.
@Suite struct MotionTests {
    /// The middle of what moves, and a face of 112 pixels, in cells of four pixels.
    private let centre = (x: Float(79.6), y: Float(59.6))
    private let width: Float = 28

    private func reduced(x: Double, y: Double, reach: (Double, Double), seed: UInt64) throws -> ReducedFrame {
        var reduced = ReducedFrame()
        reduced.reduce(try Sheet.frame(x: x, y: y, reach: reach, seed: seed))
        return reduced
    }

    @Test func theAffineMotionOfPointsIsFound() throws {
        var wanted = AffineMotion()
        (wanted.a, wanted.b, wanted.c, wanted.d, wanted.e, wanted.f) = (1.1, 0.05, 3, -0.04, 0.95, -2)
        let from: [(x: Float, y: Float)] = [(0, 0), (10, 1), (3, 9), (-5, 4), (7, -6)]
        let found = try #require(AffineMotion(from: from, to: from.map { wanted($0.x, $0.y) }, count: 5))
        for point in from {
            #expect(abs(found(point.x, point.y).x - wanted(point.x, point.y).x) < 1e-3)
            #expect(abs(found(point.x, point.y).y - wanted(point.x, point.y).y) < 1e-3)
        }
        #expect(AffineMotion(from: [(0, 0), (1, 1), (2, 2)], to: [(0, 0), (1, 1), (2, 2)], count: 3) == nil)
    }

    @Test func aFaceIsLaidOverItselfToAFractionOfACell() throws {
        let key = try reduced(x: 0, y: 0, reach: (80, 80), seed: 1)
        let current = try reduced(x: 9, y: -5, reach: (80, 80), seed: 2)
        var guess = AffineMotion()
        (guess.c, guess.f) = (1.6, -0.6)
        var registration = FaceRegistration()
        let result = registration.register(key: key, current: current, centre: centre, width: width, guess: guess)
        let found = try #require(result)
        let place = found.motion(centre.x, centre.y)
        #expect(abs(place.x - centre.x - 2.25) < 0.06 && abs(place.y - centre.y + 1.25) < 0.06)
        #expect(found.residual < 1.5)
        #expect(abs(found.gain - 1) < 0.02)
    }

    @Test func aSheetCarriesItsSurroundingsAndAFaceDoesNot() throws {
        var moved = AffineMotion()
        (moved.c, moved.f) = (3, 2)
        func blocks(_ reach: (Double, Double)) throws -> ContextMotion.Result {
            ContextMotion.compare(
                key: try reduced(x: 0, y: 0, reach: reach, seed: 1),
                current: try reduced(x: 12, y: 8, reach: reach, seed: 2), centre: centre, width: width, face: moved)
        }
        let face = try blocks((56, 60))
        #expect(face.carriedNear == 0 && face.carriedFar == 0)
        #expect(face.stayingNear > 5 && face.stayingFar > 10)
        let sheet = try blocks((180, 190))
        #expect(sheet.carriedNear > 5 && sheet.stayingNear == 0)
        #expect(sheet.stayingFar > 0, "the scene around the sheet stays")
    }

    @Test func whatComesAlongIsToldFromTheKnownScene() throws {
        var moved = AffineMotion()
        (moved.c, moved.f) = (3, 2)
        let scene = try reduced(x: 0, y: 0, reach: (-1, -1), seed: 5)
        let known = PlacedScene(
            scene: scene, counts: [UInt8](repeating: 2, count: scene.means.count), motion: AffineMotion(), gain: 1,
            under: scene)
        func blocks(_ reach: (Double, Double), face: AffineMotion) throws -> ContextMotion.Result {
            ContextMotion.compare(
                key: try reduced(x: 0, y: 0, reach: reach, seed: 1),
                current: try reduced(x: Double(4 * face.c), y: Double(4 * face.f), reach: reach, seed: 2),
                centre: centre, width: width, face: face, known: known)
        }
        let face = try blocks((56, 60), face: moved)
        // A block beside the head may have had the head before it.
        #expect(face.stayingKnown > 10 && face.stayingOther <= 0.1 * face.stayingKnown && face.carriedOther == 0)
        let sheet = try blocks((180, 190), face: moved)
        #expect(sheet.carriedOther > 5 && sheet.stayingOther == 0)
        // A screen that stands, on which a face moves: nothing comes along, and nothing is the scene.
        let screen = ContextMotion.compare(
            key: try reduced(x: 0, y: 0, reach: (220, 230), seed: 1),
            current: try reduced(x: 0, y: 0, reach: (220, 230), seed: 2), centre: centre, width: width, face: moved,
            known: known)
        #expect(screen.stayingOther > 10 && screen.stayingKnown < 0.5 * screen.stayingOther)
    }

    @Test func aCameraThatShakesCarriesNobody() throws {
        // Everything moves by the same: the two motions are one, and no block has anything to say.
        let everything = (2000.0, 2000.0)
        var moved = AffineMotion()
        (moved.c, moved.f) = (0.75, 0.5)
        let result = ContextMotion.compare(
            key: try reduced(x: 0, y: 0, reach: everything, seed: 1),
            current: try reduced(x: 3, y: 2, reach: everything, seed: 2), centre: centre, width: width, face: moved)
        #expect(result.carriedNear == 0 && result.carriedFar == 0)
        #expect(result.motion < 0.2)
    }
}
