/// Writes pictures as a Y4M stream, 4:2:0, BT.601 limited range.
public struct Y4M: Sendable {
    /// The stream so far.
    public private(set) var bytes: [UInt8]
    private let width: Int
    private let height: Int

    /// An empty stream; sides are even.
    public init(width: Int, height: Int, framesPerSecond: Int) {
        self.width = width
        self.height = height
        bytes = Array("YUV4MPEG2 W\(width) H\(height) F\(framesPerSecond):1 Ip A1:1 C420jpeg\n".utf8)
    }

    /// Adds one frame, of the stream's size.
    public mutating func add(_ picture: Picture) {
        bytes += Array("FRAME\n".utf8)
        let pixels = picture.pixels
        func value(_ x: Int, _ y: Int, _ red: Double, _ green: Double, _ blue: Double, _ offset: Double) -> UInt8 {
            let at = (y * width + x) * 3
            let sum = red * Double(pixels[at]) + green * Double(pixels[at + 1]) + blue * Double(pixels[at + 2])
            return UInt8(min(255, max(0, sum + offset)))
        }
        for y in 0..<height { for x in 0..<width { bytes.append(value(x, y, 0.257, 0.504, 0.098, 16.5)) } }
        for y in stride(from: 0, to: height, by: 2) {
            for x in stride(from: 0, to: width, by: 2) { bytes.append(value(x, y, -0.148, -0.291, 0.439, 128.5)) }
        }
        for y in stride(from: 0, to: height, by: 2) {
            for x in stride(from: 0, to: width, by: 2) { bytes.append(value(x, y, 0.439, -0.368, -0.071, 128.5)) }
        }
    }

    /// Adds a walk-by: the portrait crosses the scene from left to right and comes nearer, with sensor noise.
    public mutating func addWalkBy(of portrait: Picture, frames: Int, largestScale: Double, seed: UInt64) {
        for frame in 0..<frames {
            let share = Double(frame) / Double(max(1, frames - 1))
            let scale = largestScale * (0.75 + 0.25 * share)
            let x = Double(width) * (share - 0.5) * 0.3
            add(
                portrait.transformed(scale: scale, x: x, canvas: (width, height))
                    .noisy(4, seed: seed &* 1000 &+ UInt64(frame)))
        }
    }

    /// Adds an empty scene with sensor noise.
    public mutating func addEmptyScene(frames: Int, seed: UInt64) {
        for frame in 0..<frames {
            add(Picture(width: width, height: height, grey: 90).noisy(4, seed: seed &* 1000 &+ UInt64(frame)))
        }
    }
}
