import Capture
import TestSupport
import Testing

@testable import Faces

/// Each measure follows the fault that it is for, and the score falls with it, on a real face.
struct MeasureTests {
    let portrait: Portrait
    let clean: FaceQuality

    init() throws {
        portrait = try Portrait()
        clean = try portrait.quality(portrait.picture)
    }

    @Test func aGoodPortraitHasTheMeasuresOfOne() {
        #expect(clean.isGood && QualityLimits.enrolment.reasons(for: clean).isEmpty)
        #expect(clean.score > 0.7 && clean.score <= 1)
        #expect(clean.sharpness > 0.2 && clean.noise < 4)
        #expect((5.5...8).contains(clean.dynamicRange))
        #expect(clean.illuminationUniformity > 0.4)
        #expect(clean.eyeOpening > 0.04 && clean.landmarkMisfit < 0.07)
        #expect(!clean.showsGlasses)
    }

    @Test func blurOfBothKindsTakesTheSharpness() throws {
        let defocused = try portrait.quality(portrait.picture.blurred(3))
        let moved = try portrait.quality(portrait.movedSideways(15))
        #expect(defocused.sharpness < clean.sharpness / 4 && defocused.score < 0.8 * clean.score)
        #expect(moved.sharpness < clean.sharpness / 4, "detail across the motion must not count")
        #expect(moved.score < 0.8 * clean.score)
    }

    @Test func noiseIsNoSharpness() throws {
        let noisy = try portrait.quality(portrait.picture.noisy(60, seed: 1))
        #expect(noisy.noise > clean.noise + 5)
        #expect(noisy.score < 0.85 * clean.score)
    }

    @Test func lightIsMeasuredAsOFIQDoes() throws {
        let white = try portrait.quality(portrait.picture.brightened(3))
        #expect(white.overExposure > 0.5 && white.score < 0.9 * clean.score)
        let black = try portrait.quality(portrait.picture.brightened(0.1))
        #expect(black.underExposure > 0.9 && black.dynamicRange < clean.dynamicRange - 2)
        let haze = try portrait.quality(portrait.painted { 190 + 0.1 * ($1 - 190) })
        #expect(haze.contrast < 0.15 * clean.contrast && haze.score < 0.9 * clean.score)
        let half = try portrait.quality(portrait.painted { $1 * ($0.x < 0 ? 0.3 : 1) })
        #expect(half.illuminationUniformity < 0.6 * clean.illuminationUniformity)
    }

    @Test func coveredEyesAndMouthAreSeen() throws {
        func isAtEye(_ place: Point) -> Bool {
            min(abs(place.x - 0.5), abs(place.x + 0.5)) < 0.35 && abs(place.y) < 0.25
        }
        let glasses = try portrait.quality(portrait.painted { isAtEye($0) ? 20 : $1 }, limits: .enrolment)
        #expect(glasses.reasons.contains(.eyesCovered) && glasses.score < 0.9 * clean.score)
        let glare = try portrait.quality(
            portrait.painted { isAtEye($0) && abs($0.y) < 0.08 ? 250 : $1 }, limits: .enrolment)
        #expect(glare.reasons.contains(.reflection) && glare.score < 0.9 * clean.score)
        let mask = try portrait.quality(portrait.painted { $0.y > 0.55 ? 200 : $1 }, limits: .enrolment)
        #expect(mask.reasons == [.mouthCovered] && mask.score < 0.9 * clean.score)
        #expect(QualityLimits().reasons(for: mask) == [], "a terminal takes whom it can get")
    }

    @Test func theFramesBorderCutsOffAShare() throws {
        let moved = try #require(
            Landmarks(points: portrait.landmarks.points.map { Point(x: $0.x, y: $0.y - 80) }))
        let cut = QualityLimits().judge(try portrait.picture.frame(), landmarks: moved)
        #expect(clean.shareInside > 0.99 && cut.shareInside < 0.9)
    }

    @Test func neitherSizeNorRollChangesTheMeasures() throws {
        let (scale, angle) = (0.6, 0.35)
        let (width, height) = (portrait.picture.width, portrait.picture.height)
        let picture = portrait.picture.transformed(scale: scale, angle: angle, canvas: (width, height))
        let points = portrait.landmarks.points.map { point in
            let (x, y) = (point.x - Double(width) / 2, point.y - Double(height) / 2)
            let (cosine, sine) = (0.9394 * scale, 0.3429 * scale)
            return Point(x: x * cosine - y * sine + Double(width) / 2, y: x * sine + y * cosine + Double(height) / 2)
        }
        let turned = QualityLimits().judge(try picture.frame(), landmarks: try #require(Landmarks(points: points)))
        #expect(abs(turned.roll - clean.roll - 20) < 0.5)
        #expect(abs(turned.yaw - clean.yaw) < 0.01 && abs(turned.pitch - clean.pitch) < 0.01)
        #expect(abs(turned.eyeOpening - clean.eyeOpening) < 0.001 && abs(turned.mouthWidth - clean.mouthWidth) < 0.01)
        #expect(abs(turned.landmarkMisfit - clean.landmarkMisfit) < 0.001)
        #expect(abs(turned.brightness - clean.brightness) < 8 && abs(turned.mouthTexture - clean.mouthTexture) < 0.15)
        #expect(abs(turned.eyeHighlight - clean.eyeHighlight) < 0.35)
        #expect((0.5...2).contains(turned.sharpness / clean.sharpness))
    }

    @Test func landmarksThatAreNoFaceAreTold() throws {
        var points = portrait.landmarks.points
        for index in 48..<68 { points[index].x += 0.5 * portrait.landmarks.interEyeDistance }
        let wrong = QualityLimits().judge(
            try portrait.picture.frame(), landmarks: try #require(Landmarks(points: points)))
        #expect(wrong.landmarkMisfit > 2 * clean.landmarkMisfit && wrong.score < 0.8 * clean.score)
    }

    /// Whatever the landmarks are, the measures are numbers and the score is in its range.
    @Test func anyLandmarksGiveNumbers() throws {
        var random = SplitMix(seed: 7)
        let frame = try Picture(width: 40, height: 30, grey: 128).noisy(100, seed: 2).frame()
        func coordinate(_ reach: Int) -> Double { Double(Int(random.next() % UInt64(reach))) - Double(reach) / 3 }
        for round in 0..<300 {
            let reach = [3, 60, 4000][round % 3]
            let points = (0..<68).map { _ in Point(x: coordinate(reach), y: coordinate(reach)) }
            let quality = QualityLimits().judge(frame, landmarks: try #require(Landmarks(points: points)))
            #expect(quality.score > 0 && quality.score <= 1)
            #expect(quality.landmarkMisfit.isFinite && quality.sharpness.isFinite && quality.glasses.isFinite)
        }
        let one = try #require(Landmarks(points: [Point](repeating: Point(x: 20, y: 15), count: 68)))
        #expect(QualityLimits().judge(frame, landmarks: one).reasons.contains(.tooSmall))
    }
}
