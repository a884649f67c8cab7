import Capture
import Faces

/// A picture of what was found: each face's box and number, green for a good face and orange for one that would be
/// refused, and its 68 landmarks.
enum Annotation {
    static let good = RGBColour(red: 40, green: 200, blue: 80)
    static let refused = RGBColour(red: 255, green: 120, blue: 0)
    static let landmark = RGBColour(red: 255, green: 240, blue: 60)
    private static let ink = RGBColour(red: 0, green: 0, blue: 0)

    /// Draws the faces of `image` on the frame they were found in.
    static func draw(_ image: InspectedImage, on frame: Frame) throws(CaptureError) -> Canvas {
        var rgb: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &rgb)
        var canvas = Canvas(rgb: rgb, width: frame.width, height: frame.height)
        for (index, face) in image.faces.enumerated() { draw(face, number: index + 1, on: &canvas) }
        return canvas
    }

    private static func draw(_ face: InspectedFace, number: Int, on canvas: inout Canvas) {
        let colour = face.quality.isGood ? good : refused
        let box = face.box
        let thickness = max(2, box.width / 90)
        canvas.outline(
            left: box.left, top: box.top, right: box.right, bottom: box.bottom, thickness: thickness, colour)
        for point in face.landmarks.points {
            canvas.disc(x: Int(point.x), y: Int(point.y), radius: max(1, box.width / 130), landmark)
        }
        // The number stands on a tab in the box's left upper corner, or at the picture's border if that lies outside.
        let scale = max(2, box.width / 60)
        let digits = String(number).count
        let left = max(0, box.left)
        let top = max(0, box.top)
        let tabWidth = (digits * (Canvas.digitSize.width + 1) + 1) * scale
        let tabHeight = (Canvas.digitSize.height + 2) * scale
        canvas.fill(left: left, top: top, right: left + tabWidth - 1, bottom: top + tabHeight - 1, colour)
        canvas.write(number, left: left + scale, top: top + scale, scale: scale, ink)
    }
}
