import Capture
import TestSupport
import Testing

@testable import Faces

/// What a camera knows of its empty place, and what of it is hidden when somebody comes.
@Suite struct SceneTests {
    /// A face of 112 pixels in the middle, in cells of four pixels.
    private let centre = (x: Float(79.6), y: Float(59.6))
    private let width: Float = 28

    /// The scene with something of `reach` before it.
    private func frame(_ reach: (Double, Double), seed: UInt64, light: Double = 1) throws -> Frame {
        let frame = try Sheet.frame(x: 0, y: 0, reach: reach, seed: seed)
        guard light != 1 else { return frame }
        let luma = frame.withLuma { luma in luma.map { UInt8(min(255, Double($0) * light)) } }
        return try Frame(luma: luma, width: Sheet.width, height: Sheet.height)
    }

    private let nothing = (-1.0, -1.0)

    private func memory() throws -> SceneMemory {
        var memory = SceneMemory()
        for look in 0..<5 {
            memory.learn(try frame(nothing, seed: UInt64(look)), time: .milliseconds(400) * look)
        }
        return memory
    }

    private func change(_ reach: (Double, Double), light: Double = 1) throws -> SceneChange {
        var current = ReducedFrame()
        current.reduce(try frame(reach, seed: 9, light: light))
        return try change(try memory(), current)
    }

    private func change(_ memory: SceneMemory, _ current: ReducedFrame) throws -> SceneChange {
        let scene = try #require(PlacedScene(memory, under: current, centre: centre, width: width))
        return SceneChange(scene, current, centre: centre, width: width)
    }

    @Test func aSceneIsKnownAfterThreeLooksSomeTimeApart() throws {
        var memory = SceneMemory()
        var known: [Bool] = []
        for look in 0..<20 {
            memory.learn(try frame(nothing, seed: UInt64(look)), time: .milliseconds(67) * look)
            known.append(memory.isKnown)
        }
        #expect(known.firstIndex(of: true) == 12, "0, 0.4 and 0.8 s: two pairs that agree")
        let other = try Frame(luma: [UInt8](repeating: 9, count: 320 * 180), width: 320, height: 180)
        memory.learn(other, time: .seconds(9))
        let isKnown = memory.isKnown
        #expect(!isKnown, "another shape of the frame is another scene")
    }

    @Test func whatMovesAndWhatComesShortlyBeforeAFaceIsNotLearned() throws {
        var memory = try memory()
        let before = memory.scene.means
        func change() -> Float { zip(memory.scene.means, before).reduce(0) { max($0, abs($1.0 - $1.1)) } }
        func look(_ times: Range<Int>) throws {
            for time in times {
                memory.learn(try frame((180, 190), seed: UInt64(time)), time: .seconds(time))
            }
        }
        // A sheet is there for a second, and then its face is found.
        try look(6..<8)
        memory.forgetLatest()
        try look(8..<10)
        let afterFace = change()
        #expect(afterFace < 2, "noise")
        // It stays without a face: it belongs to the scene by and by.
        try look(10..<12)
        let afterStanding = change()
        #expect(afterStanding > 20)
    }

    @Test func aCameraThatWasMovedKnowsItsPlaceAgainSoon() throws {
        var memory = try memory()
        for look in 0..<6 {
            memory.learn(
                try frame((2000, 2000), seed: UInt64(look)), time: .seconds(2 + look))
        }
        var current = ReducedFrame()
        current.reduce(try frame((2000, 2000), seed: 9))
        let change = try change(memory, current)
        #expect(change.sides == 0 && change.far == 0)
    }

    @Test func aHeadHidesNothingBesideItAndASheetDoes() throws {
        let head = try change((56, 60))
        #expect(head.sides == 0 && head.above == 0 && head.far == 0)
        #expect((head.near ?? 1) < 0.2)
        let sheet = try change((190, 200))
        #expect((sheet.near ?? 0) > 0.9 && (sheet.sides ?? 0) > 0.8 && (sheet.above ?? 0) > 0.8)
        #expect((sheet.corners ?? 0) > 0.8 && sheet.oneSide == 1)
        #expect(sheet.far == 0)
        let everything = try change((2000, 2000))
        #expect((everything.far ?? 0) > 0.9)
    }

    /// A picture that is cut off at the ears hides nothing beside them, and yet what a round head would not.
    @Test func aPictureCutOffCloseToTheHeadHidesTheCornersAboveIt() throws {
        let close = try change((72, 115))
        #expect((close.near ?? 1) < 0.2 && close.sides == 0)
        #expect((close.corners ?? 0) > 0.5)
        let head = try change((40, 60))
        #expect((head.corners ?? 1) < 0.2)
        // Nobody is below it either.
        #expect((close.body ?? 1) < 0.2)
        #expect((try change((72, 300)).body ?? 0) > 0.8)
    }

    @Test func anEdgeOfBothIsNoSignOfTheSameWhereTheBrightnessIsAnother() throws {
        func reduced(_ inside: UInt8) throws -> ReducedFrame {
            var luma = [UInt8](repeating: 170, count: 640 * 480)
            for y in 0..<480 { for x in 200..<420 { luma[y * 640 + x] = inside } }
            var reduced = ReducedFrame()
            reduced.reduce(try Frame(luma: luma, width: 640, height: 480))
            return reduced
        }
        // A screen that stood there dark, and is lit.
        let (dark, lit) = (try reduced(40), try reduced(150))
        let scene = PlacedScene(
            scene: dark, counts: [UInt8](repeating: 2, count: dark.means.count), motion: AffineMotion(), gain: 1,
            under: lit)
        #expect(scene.isOther(lit, 53, 60, 5) == true)
        #expect(scene.isOther(lit, 30, 60, 5) == false)
    }

    @Test func otherLightIsNoOtherScene() throws {
        for light in [0.7, 1.3] {
            let head = try change((56, 60), light: light)
            #expect(head.sides == 0 && head.above == 0 && head.far == 0)
        }
    }

    @Test func nothingIsSaidBeforeTheSceneIsKnown() throws {
        var current = ReducedFrame()
        current.reduce(try frame((190, 200), seed: 1))
        #expect(PlacedScene(SceneMemory(), under: current, centre: centre, width: width) == nil)
    }

    @Test func theScenesOwnEdgesDoNotCount() throws {
        func reduced(_ value: (Int, Int) -> UInt8) throws -> ReducedFrame {
            var luma = [UInt8](repeating: 0, count: 640 * 480)
            for y in 0..<480 { for x in 0..<640 { luma[y * 640 + x] = value(x, y) } }
            var reduced = ReducedFrame()
            reduced.reduce(try Frame(luma: luma, width: 640, height: 480))
            return reduced
        }
        let doorway = try reduced { x, _ in abs(x - 320) < 130 ? 180 : 80 }
        let sheet = try reduced { x, y in
            abs(x - 320) < 110 && abs(y - 240) < 150 ? 230 : abs(x - 320) < 130 ? 180 : 80
        }
        let middle = (x: Float(79.5), y: Float(59.5))
        func coverage(_ frame: ReducedFrame) -> SurroundingEdges.Coverage {
            let known = PlacedScene(
                scene: doorway, counts: [UInt8](repeating: 2, count: doorway.means.count), motion: AffineMotion(),
                gain: 1, under: frame)
            return SurroundingEdges.coverage(frame, centre: middle, width: 28, known: known)
        }
        let empty = coverage(doorway)
        #expect(empty.left == 0 && empty.right == 0)
        let held = coverage(sheet)
        #expect(held.left > 0.95 && held.right > 0.95 && held.top > 0.9 && held.bottom > 0.9)
    }
}
