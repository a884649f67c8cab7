import Capture
import Faces
import TestSupport
import Testing

@Suite(.serialized) struct QualityTests {
    @Test func eachReasonIsGivenForTheFaultThatItNames() throws {
        let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        let eileen = try Picture(portrait: "astronaut.png")
        let sharp = try eileen.frame()
        let box = try #require(try engine.detect(in: sharp).first)
        let landmarks = try engine.landmarks(in: sharp, box: box)
        func reasons(_ picture: Picture) throws -> [QualityReason] {
            QualityLimits().judge(try picture.frame(), landmarks: landmarks).reasons
        }
        #expect(try reasons(eileen) == [])
        #expect(try reasons(eileen.brightened(0.05)).contains(.tooDark))
        #expect(try reasons(eileen.brightened(6)).contains(.tooBright))
        #expect(try reasons(eileen.blurred(6)) == [.blurred])
        let small = try #require(
            Landmarks(points: landmarks.points.map { Point(x: $0.x * 0.4, y: $0.y * 0.4) }))
        let smallFace = try eileen.transformed(scale: 0.4, angle: 0, x: -51, y: -51, canvas: (307, 307)).frame()
        #expect(QualityLimits().judge(smallFace, landmarks: small).reasons == [.tooSmall])
        let outside = try #require(Landmarks(points: landmarks.points.map { Point(x: $0.x - 220, y: $0.y) }))
        #expect(QualityLimits().judge(sharp, landmarks: outside).reasons.contains(.cutOff))
    }

    @Test func poseFollowsTheNose() throws {
        func face(noseX: Double, noseY: Double) throws -> FaceQuality {
            var points = [Point](repeating: Point(x: 100, y: 100), count: 68)
            for index in 36..<42 { points[index] = Point(x: 80, y: 100) }
            for index in 42..<48 { points[index] = Point(x: 120, y: 100) }
            for index in 48..<60 { points[index] = Point(x: 100, y: 150) }
            points[30] = Point(x: noseX, y: noseY)
            let landmarks = try #require(Landmarks(points: points))
            return QualityLimits().judge(
                try Picture(width: 200, height: 200, grey: 128).noisy(18, seed: 5).frame(),
                landmarks: landmarks)
        }
        let frontal = try face(noseX: 100, noseY: 128)
        #expect(abs(frontal.yaw) < 0.01 && abs(frontal.pitch) < 0.01 && abs(frontal.roll) < 0.01)
        #expect(frontal.isGood)
        #expect(try face(noseX: 119, noseY: 128).reasons == [.turnedAway])
        #expect(try face(noseX: 81, noseY: 128).reasons == [.turnedAway])
        #expect(try face(noseX: 100, noseY: 155).reasons == [.turnedAway])
    }

    @Test func enrolmentTakesOneGoodFaceOnly() throws {
        let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        let eileen = try Picture(portrait: "astronaut.png")
        let face = try engine.enrol(photograph: eileen.frame())
        #expect(face.quality.isGood)
        let again = try engine.enrol(photograph: eileen.noisy(4, seed: 3).frame())
        #expect(face.descriptor.distance(to: again.descriptor) < 0.2)

        #expect(throws: EnrolmentError.noFace) {
            _ = try engine.enrol(photograph: Picture(width: 200, height: 200, grey: 9).frame())
        }
        #expect(throws: EnrolmentError.severalFaces(2)) {
            _ = try engine.enrol(photograph: eileen.beside(eileen).frame())
        }
        #expect(throws: EnrolmentError.poorQuality([.blurred])) {
            _ = try engine.enrol(photograph: Picture(portrait: "filippo_giunchedi.jpg").blurred(6).frame())
        }
    }
}
