import TestSupport
import Testing

@testable import Faces

/// Edges around a face, patterns in it, and how its points move.
@Suite struct SignTests {
    private func reduced(_ value: (Int, Int) -> UInt8) throws -> ReducedFrame {
        var reduced = ReducedFrame()
        var luma = [UInt8](repeating: 0, count: 640 * 480)
        for y in 0..<480 { for x in 0..<640 { luma[y * 640 + x] = value(x, y) } }
        reduced.reduce(try .init(luma: luma, width: 640, height: 480))
        return reduced
    }

    @Test func aSheetHasEdgesOnFourSidesAndADoorwayOnThree() throws {
        let middle = (x: Float(79.5), y: Float(59.5))
        let sheet = try reduced { x, y in abs(x - 320) < 130 && abs(y - 240) < 150 ? 200 : 80 }
        let around = SurroundingEdges.coverage(sheet, centre: middle, width: 28)
        #expect(around.left > 0.95 && around.right > 0.95 && around.top > 0.95 && around.bottom > 0.95)
        let doorway = try reduced { x, y in abs(x - 320) < 130 && y > 90 ? 200 : 80 }
        let seen = SurroundingEdges.coverage(doorway, centre: middle, width: 28)
        #expect(seen.left > 0.95 && seen.right > 0.95 && seen.top > 0.95 && seen.bottom < 0.3)
        let plain = SurroundingEdges.coverage(try reduced { _, _ in 128 }, centre: middle, width: 28)
        #expect(plain.left == 0 && plain.right == 0 && plain.top == 0 && plain.bottom == 0)
        #expect(SurroundingEdges.Coverage(left: 0.1, right: 0.9, top: 0.5, bottom: 0.7).second == 0.5)
        #expect(SurroundingEdges.Coverage(left: 0.9, right: 0.3, top: 0.2, bottom: 0.7).second == 0.3)
    }

    @Test func aGridStandsOutOfTheSpectrumAndNoiseDoesNot() throws {
        func peak(_ amplitude: Double, period: (Double, Double)) throws -> Double {
            var pattern = ScreenPattern()
            for shot in 0..<8 {
                var random = SplitMix(seed: UInt64(shot) + 7)
                var luma = [UInt8](repeating: 0, count: 200 * 200)
                for y in 0..<200 {
                    for x in 0..<200 {
                        let phase = Double(x) / period.0 + Double(y) / period.1 + 0.3 * Double(shot)
                        let wave = 1 - 4 * abs(phase - phase.rounded())
                        luma[y * 200 + x] = UInt8(120 + amplitude * wave + Double(random.next() % 9))
                    }
                }
                luma.withUnsafeBufferPointer {
                    pattern.add(.face, luma: $0, width: 200, height: 200, stride: 200, x: 100, y: 100)
                }
            }
            return try #require(pattern.peakInFace)
        }
        let noise = try peak(0, period: (5, 9))
        #expect(noise < 1.2)
        #expect(try peak(3, period: (3.3, 12)) > noise + 1)
        // The edges of JPEG's blocks are everywhere.
        #expect(try peak(3, period: (8, 1e9)) < noise + 0.5)
    }

    @Test func patchesOverTheBorderAreLeftOut() {
        var pattern = ScreenPattern()
        let luma = [UInt8](repeating: 100, count: 100 * 100)
        luma.withUnsafeBufferPointer {
            pattern.add(.face, luma: $0, width: 100, height: 100, stride: 100, x: 20, y: 50)
        }
        #expect(pattern.looks(.face) == 0 && pattern.peakInFace == nil && pattern.peakInBoth == nil)
    }

    /// A face of 60 pixels between the eyes, whose nose lies before the rest by half of that, turned by `yaw`.
    private func points(yaw: Double, tilt: Double = 0, open: Double = 4) throws -> Landmarks {
        var points: [Point] = []
        for index in 0..<68 {
            let angle = Double(index) * 0.7
            var point = Point(x: 300 + 45 * (Double(index % 9) / 4 - 1), y: 240 + 8 * angle)
            if (36..<48).contains(index) {
                let eye = index < 42 ? -30.0 : 30.0
                let corner = (index - 36) % 6
                let across = [-10.0, -4, 4, 10, 4, -4][corner]
                let down = [0.0, -open, -open, 0, open, open][corner]
                point = Point(x: 300 + eye + across, y: 200 + down)
            }
            let depth = (27..<36).contains(index) ? 30.0 : 0
            points.append(Point(x: 300 + (point.x - 300) * (1 - tilt) + yaw * depth, y: point.y + tilt * point.x))
        }
        return try #require(Landmarks(points: points))
    }

    @Test func theNoseOfAHeadMovesAgainstThePlaneAndThatOfAPictureDoesNot() throws {
        var head = ShapeSeries()
        var picture = ShapeSeries()
        for look in 0..<20 {
            let turn = 0.02 * Double(look)
            head.add(try points(yaw: turn))
            picture.add(try points(yaw: 0, tilt: turn))
        }
        #expect(head.noseAcross.spread > 0.03 && head.noseAcross.roughness < 0.1)
        #expect(picture.noseAcross.spread < 1e-3 && picture.leftOver.mean < 1e-3)
    }

    @Test func aBlinkIsADropOfTheEyesAspect() throws {
        var open = ShapeSeries()
        var blinking = ShapeSeries()
        for look in 0..<12 {
            open.add(try points(yaw: 0))
            blinking.add(try points(yaw: 0, open: look == 6 ? 0.5 : 4))
        }
        #expect(open.eyes.spread < 1e-9)
        #expect(abs(open.eyes.mean - 0.4) < 1e-9)
        #expect(blinking.eyes.mean - blinking.eyes.least > 0.25)
    }

    @Test func roughnessTellsJitterFromAWay() {
        var way = ShapeSeries.Series()
        var jitter = ShapeSeries.Series()
        var random = SplitMix(seed: 5)
        for look in 0..<60 {
            way.add(Double(look) * 0.1)
            jitter.add(Double(random.next() % 1000))
        }
        #expect(way.roughness < 0.05 && way.greatest == 5.9)
        #expect((0.6...1.4).contains(jitter.roughness))
    }
}
