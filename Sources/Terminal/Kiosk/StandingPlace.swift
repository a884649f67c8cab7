import Faces

/// Where somebody stands before the camera, in numbers without a picture: what the outline on the kiosk page is drawn from.
public struct StandingPlace: Sendable, Equatable {
    /// Whether that place is a good one.
    public enum Fit: String, Sendable, Equatable, CaseIterable {
        case good, far, near, side
    }

    /// The middle of the face from the frame's left edge, 0 to 1 of its width.
    public var x: Double
    /// The middle of the face from the frame's top edge, 0 to 1 of its height.
    public var y: Double
    /// The face's width over the least that is recognised, 0 to 4: 1 is just enough.
    public var size: Double
    /// Whether the place is a good one.
    public var fit: Fit

    /// A face must be larger than the least by this: at the limit it is refused in every other frame.
    static let comfort = 1.15
    /// Farther from the middle than this share of the width is too much to the side.
    static let aside = 0.36
    /// Higher than this share of the frame is too near.
    static let tallest = 0.75

    /// The place of a face's box in a frame.
    /// - Parameters:
    ///   - width, height: of the frame, in pixels; above 0.
    ///   - minimumInterEye: pixels between the eyes below which a face is not recognised.
    public init(_ box: FaceBox, width: Int, height: Int, minimumInterEye: Double) {
        func rounded(_ value: Double, to step: Double, _ range: ClosedRange<Double>) -> Double {
            min(max(range.lowerBound, (value / step).rounded() * step), range.upperBound)
        }
        let x = (Double(box.left) + Double(box.right + 1)) / 2 / Double(max(1, width))
        let y = (Double(box.top) + Double(box.bottom + 1)) / 2 / Double(max(1, height))
        // dlib's box is 3.1 times as wide as the eyes are apart.
        let size = Double(box.width) / (3.1 * max(1, minimumInterEye))
        let isCut = box.left < -box.width / 4 || box.right >= width + box.width / 4
        fit =
            if abs(x - 0.5) > Self.aside || isCut {
                .side
            } else if size < Self.comfort {
                .far
            } else if Double(box.height) > Self.tallest * Double(height) {
                .near
            } else {
                .good
            }
        // Coarse steps: a face that stands still sends nothing.
        self.x = rounded(x, to: 0.02, 0...1)
        self.y = rounded(y, to: 0.02, 0...1)
        self.size = rounded(size, to: 0.1, 0...4)
    }
}
