import Capture
import TestSupport
import Testing

@testable import Faces

/// Others who stand about, and light that goes up: neither moves the scene nor hides it.
@Suite struct OthersAndLightTests {
    /// A face of 80 pixels in the middle, in cells of four pixels.
    private let centre = (x: Float(79.6), y: Float(59.6))
    private let width: Float = 20

    /// A wall with a board on it, both with faint texture.
    private func wall(_ x: Double, _ y: Double) -> Double {
        (x > 40 && x < 150 && y > 60 && y < 400 ? 90 : 150) + 0.05 * (Sheet.texture(x, y, phase: 4) - 128)
    }

    /// - Parameters:
    ///   - shake: by how many pixels all of it moved across.
    ///   - other: by how many pixels somebody at the right moved, whose clothes have a strong texture; nil without.
    ///   - light: of what it was, cut off at white.
    ///   - sheet: a grey picture around the face.
    private func frame(
        shake: Double = 0, other: Double? = nil, light: Double = 1, sheet: Bool = false, seed: UInt64 = 1
    ) throws -> Frame {
        var random = SplitMix(seed: seed)
        var luma = [UInt8](repeating: 0, count: Sheet.width * Sheet.height)
        for row in 0..<Sheet.height {
            for column in 0..<Sheet.width {
                let (x, y) = (Double(column) - shake, Double(row))
                var value = wall(x, y)
                if let other, x - other > 500, y > 100 { value = Sheet.texture(x - other, y, phase: 2) }
                if sheet, abs(x - 320) < 150, abs(y - 240) < 170 { value = 60 }
                luma[row * Sheet.width + column] = UInt8(
                    min(235, max(16, value * light)) - Double(random.next() % 3))
            }
        }
        return try Frame(luma: luma, width: Sheet.width, height: Sheet.height)
    }

    private func motion(_ before: Frame, _ now: Frame) -> SceneMotion {
        var (old, new) = (ReducedFrame(), ReducedFrame())
        old.reduce(before)
        new.reduce(now)
        return old.withCells { old in new.withCells { SceneMotion(old, $0, centre, width) } }
    }

    @Test func whoeverSwaysBesideAWallDoesNotMoveTheScene() throws {
        let found = motion(try frame(other: 0), try frame(other: 4, seed: 2))
        #expect(found.motion == AffineMotion())
    }

    @Test func aCameraThatShakesMovesTheScene() throws {
        let found = motion(try frame(other: 0), try frame(shake: 4, other: 0, seed: 2))
        let place = found.motion(80, 60)
        #expect(abs(place.x - 81) < 0.2 && abs(place.y - 60) < 0.2)
    }

    @Test func aLampThatGoesOnIsTheGainOfAllAndWhoeverComesIsNot() throws {
        let found = motion(try frame(), try frame(other: 0, light: 1.4, seed: 2))
        #expect(abs(found.gain - 1.4) < 0.03)
    }

    /// Who stands there in dark clothes and hides most of what is far from the face is no lamp that went out.
    @Test func whoHidesMostOfTheRoomIsNoLamp() throws {
        let near = try frame()
        let luma = near.withLuma { luma in
            luma.indices.map { UInt8($0 % Sheet.width < 180 || $0 % Sheet.width > 450 ? luma[$0] / 3 : luma[$0]) }
        }
        let found = motion(near, try Frame(luma: luma, width: Sheet.width, height: Sheet.height))
        #expect(abs(found.gain - 1) < 0.05)
    }

    /// All of the wall goes to white: the lamp is the wall's, and not that of what is left.
    @Test func aWallThatGoesToWhiteIsALamp() throws {
        let found = motion(try frame(), try frame(other: -300, light: 1.6))
        #expect(found.gain > 1.3)
    }

    @Test func whatIsCutOffAtWhiteHidesNothingAndAPictureBeforeItDoes() throws {
        var memory = SceneMemory()
        for look in 0..<5 { memory.learn(try frame(seed: UInt64(look)), time: .milliseconds(400) * look) }
        func change(_ frame: Frame) throws -> SceneChange {
            var current = ReducedFrame()
            current.reduce(frame)
            let scene = try #require(PlacedScene(memory, under: current, centre: centre, width: width))
            return SceneChange(scene, current, centre: centre, width: width)
        }
        let white = try change(try frame(light: 2, seed: 9))
        #expect((white.near ?? 0) == 0 && (white.sides ?? 0) == 0 && (white.above ?? 0) == 0)
        let sheet = try change(try frame(light: 2, sheet: true, seed: 9))
        #expect((sheet.near ?? 0) > 0.9 && (sheet.sides ?? 0) > 0.7)
    }

    @Test func oneSideAloneSaysHalf() throws {
        var memory = SceneMemory()
        for look in 0..<5 { memory.learn(try frame(seed: UInt64(look)), time: .milliseconds(400) * look) }
        var current = ReducedFrame()
        current.reduce(try frame(other: -400, seed: 9))
        // The frame ends at the face's right; somebody stands at its left.
        let scene = try #require(PlacedScene(memory, under: current, centre: (x: 148, y: 60), width: width))
        let sides = try #require(SceneChange(scene, current, centre: (x: 148, y: 60), width: width).sides)
        #expect(sides > 0.5 && sides < 0.75)
    }
}
