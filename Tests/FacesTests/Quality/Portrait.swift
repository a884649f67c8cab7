import Capture
import TestSupport
import Testing

@testable import Faces

/// A real portrait with its landmarks, and what can be done to it.
struct Portrait {
    let picture: Picture
    let landmarks: Landmarks

    /// Of Eileen Collins.
    init() throws {
        picture = try Picture(portrait: "astronaut.png")
        let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        let frame = try picture.frame()
        let box = try #require(try engine.detect(in: frame).first)
        landmarks = try engine.landmarks(in: frame, box: box)
    }

    /// The measures of a changed picture in which the face has not moved.
    func quality(_ picture: Picture, limits: QualityLimits = QualityLimits()) throws -> FaceQuality {
        limits.judge(try picture.frame(), landmarks: landmarks)
    }

    /// The picture with every pixel changed by `change`, which gets its place in the face's axes.
    func painted(_ change: (Point, Double) -> Double) -> Picture {
        let axes = FaceAxes(landmarks)
        var result = picture
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let place = axes.coordinates(of: Point(x: Double(x), y: Double(y)))
                for channel in 0..<3 {
                    let at = (y * picture.width + x) * 3 + channel
                    result.pixels[at] = UInt8(min(max(change(place, Double(picture.pixels[at])), 0), 255))
                }
            }
        }
        return result
    }

    /// The mean of `length` pixels of each row: motion to the side while the shutter is open.
    func movedSideways(_ length: Int) -> Picture {
        var result = picture
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                for channel in 0..<3 {
                    var sum = 0
                    for step in 0..<length {
                        let from = min(max(x + step - length / 2, 0), picture.width - 1)
                        sum += Int(picture.pixels[(y * picture.width + from) * 3 + channel])
                    }
                    result.pixels[(y * picture.width + x) * 3 + channel] = UInt8(sum / length)
                }
            }
        }
        return result
    }
}
