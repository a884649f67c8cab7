import Capture
import Testing

@testable import Faces

/// Colours of a scene: what no shadow, no lamp and no white balance changes.
@Suite struct TintTests {
    /// Two walls beside each other, as red, green and blue.
    private func reduced(
        _ left: (Double, Double, Double), _ right: (Double, Double, Double), light: Double = 1, warmth: Double = 0
    ) throws -> ReducedFrame {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(320 * 240 * 3)
        for _ in 0..<240 {
            for x in 0..<320 {
                let (red, green, blue) = x < 160 ? left : right
                for value in [red * (1 + warmth), green, blue * (1 - warmth)] {
                    pixels.append(UInt8(min(255, value * light)))
                }
            }
        }
        let frame = try Frame(rgb: pixels, width: 320, height: 240)
        var reduced = ReducedFrame()
        reduced.reduce(frame)
        reduced.reduceColour(frame)
        return reduced
    }

    private func isOther(_ scene: ReducedFrame, _ now: ReducedFrame, gain: Float = 1) -> (left: Bool?, right: Bool?) {
        let placed = PlacedScene(
            scene: scene, counts: [UInt8](repeating: 2, count: scene.means.count), motion: AffineMotion(), gain: gain,
            under: now)
        return (placed.isOther(now, 40, 60, 5), placed.isOther(now, 120, 60, 5))
    }

    private let grey = (120.0, 120.0, 120.0)
    /// As bright as the grey.
    private let green = (90.0, 143.0, 85.0)

    @Test func anotherColourOfTheSameBrightnessIsAnotherScene() throws {
        let scene = try reduced(green, grey)
        #expect(abs(scene.means[60 * 160 + 40] - scene.means[60 * 160 + 120]) < 3)
        let found = isOther(scene, try reduced(green, green))
        #expect(found.left == false && found.right == true)
    }

    @Test func lampsShadowsAndWhiteBalanceChangeNoColour() throws {
        let scene = try reduced(green, grey)
        for light in [0.65, 1.3] {
            let found = isOther(scene, try reduced(green, grey, light: light), gain: Float(light))
            #expect(found.left == false && found.right == false)
        }
        let warmer = isOther(scene, try reduced(green, grey, warmth: 0.025))
        #expect(warmer.left == false && warmer.right == false)
    }

    @Test func aFrameWithoutColourIsComparedByItsBrightness() throws {
        let scene = try reduced(green, grey)
        let luma = [UInt8](repeating: 120, count: 320 * 240)
        let frame = try Frame(luma: luma, width: 320, height: 240)
        var now = ReducedFrame()
        now.reduce(frame)
        now.reduceColour(frame)
        #expect(!now.hasColour)
        #expect(isOther(scene, now).left == false)
    }

    /// Another lamp colours all of the scene: then colours say nothing, and brightness still does.
    @Test func aLampOfAnotherColourHidesNothing() throws {
        let scene = try reduced(green, grey)
        let warm = isOther(scene, try reduced(green, grey, warmth: 0.2))
        #expect(warm.left == false && warm.right == false)
        let other = isOther(scene, try reduced((20, 30, 20), grey, warmth: 0.2))
        #expect(other.left == true)
    }

    @Test func aPackedFrameIsTheSameToALevel() throws {
        let frame = try reduced(green, grey)
        let again = ReducedFrame(frame.packed)
        #expect(again.hasColour && again.columns == frame.columns && again.rows == frame.rows)
        for (old, new) in zip(frame.means + frame.u + frame.v, again.means + again.u + again.v) {
            #expect(abs(old - new) <= 0.5)
        }
    }
}
