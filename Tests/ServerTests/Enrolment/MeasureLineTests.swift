import Testing

@testable import Faces
@testable import Server

struct MeasureLineTests {
    @Test func aLineTellsTheViewThatItWasMadeOf() throws {
        var quality = FaceQuality(
            interEyeDistance: 61.23, brightness: 120, sharpness: 0.4, yaw: -0.12345, pitch: 0.1, roll: 3,
            reasons: [])
        for glasses in [0.2, 1.5] {
            quality.glasses = glasses
            quality.mouthOpening = 0.0321
            let line = MeasureLine.text(of: quality)
            #expect(line.hasPrefix("eyes 61.23 px apart, brightness 120.0, "))
            let view = try #require(MeasureLine.view(in: line))
            #expect(view.yaw == -0.123 && view.mouthOpening == 0.032 && view.mouthWidth == quality.mouthWidth)
            #expect(view.showsGlasses == (glasses > 1))
        }
    }

    @Test func anEarlierVersionsLineTellsNothing() {
        let earlier = "eyes 90.0 px apart, brightness 141.0, sharpness 1.656, yaw -0.05, pitch -0.09"
        #expect(MeasureLine.view(in: earlier) == nil && MeasureLine.view(in: "") == nil)
    }
}
