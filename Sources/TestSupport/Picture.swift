import Capture
import Glibc

/// An RGB image and the changes that a door makes to a face.
public struct Picture: Sendable {
    /// 3 bytes a pixel, rows of `width * 3`.
    public var pixels: [UInt8]
    /// Pixels.
    public var width: Int
    /// Pixels.
    public var height: Int

    /// An image of one colour.
    public init(width: Int, height: Int, grey: UInt8) {
        pixels = [UInt8](repeating: grey, count: width * height * 3)
        self.width = width
        self.height = height
    }

    /// One of `make setup`'s portraits.
    public init(portrait name: String) throws {
        let frame = try ImageFile.load(path: Fixtures.portraits + "/" + name)
        self.init(width: frame.width, height: frame.height, grey: 0)
        try frame.copyRGB(PixelRectangle(left: 0, top: 0, width: width, height: height), into: &pixels)
    }

    /// The same as a frame.
    public func frame() throws -> Frame { try Frame(rgb: pixels, width: width, height: height) }

    private func value(_ x: Int, _ y: Int, _ channel: Int) -> Double {
        Double(pixels[(min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)) * 3 + channel])
    }

    /// Enlarged by `scale`, turned by `angle` radians, its middle moved by (x, y) from the middle of the canvas;
    /// bilinear, on grey.
    public func transformed(
        scale: Double, angle: Double = 0, x dx: Double = 0, y dy: Double = 0, canvas: (width: Int, height: Int)
    ) -> Picture {
        var result = Picture(width: canvas.width, height: canvas.height, grey: 90)
        let (cosine, sine) = (cos(angle) / scale, sin(angle) / scale)
        for y in 0..<canvas.height {
            for x in 0..<canvas.width {
                let u = Double(x) - Double(canvas.width) / 2 - dx
                let v = Double(y) - Double(canvas.height) / 2 - dy
                let sx = cosine * u + sine * v + Double(width) / 2
                let sy = -sine * u + cosine * v + Double(height) / 2
                guard sx > -1, sy > -1, sx < Double(width), sy < Double(height) else { continue }
                let (left, top) = (Int(sx.rounded(.down)), Int(sy.rounded(.down)))
                let (fx, fy) = (sx - Double(left), sy - Double(top))
                for channel in 0..<3 {
                    let upper = value(left, top, channel) * (1 - fx) + value(left + 1, top, channel) * fx
                    let lower = value(left, top + 1, channel) * (1 - fx) + value(left + 1, top + 1, channel) * fx
                    result.pixels[(y * canvas.width + x) * 3 + channel] = UInt8(upper * (1 - fy) + lower * fy)
                }
            }
        }
        return result
    }

    /// Every value times `gain`, clipped.
    public func brightened(_ gain: Double) -> Picture {
        var result = self
        for index in pixels.indices { result.pixels[index] = UInt8(min(255, Double(pixels[index]) * gain)) }
        return result
    }

    /// The mean of the square of `radius` pixels around each, twice: about a Gaussian.
    public func blurred(_ radius: Int) -> Picture { boxed(radius).boxed(radius) }

    private func boxed(_ radius: Int) -> Picture {
        var result = self
        let count = Double((2 * radius + 1) * (2 * radius + 1))
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<3 {
                    var sum = 0.0
                    for dy in -radius...radius { for dx in -radius...radius { sum += value(x + dx, y + dy, channel) } }
                    result.pixels[(y * width + x) * 3 + channel] = UInt8(sum / count)
                }
            }
        }
        return result
    }

    /// Uniform noise of up to `amplitude` on every value.
    public func noisy(_ amplitude: Int, seed: UInt64) -> Picture {
        var random = SplitMix(seed: seed)
        var result = self
        for index in pixels.indices {
            let noise = Int(truncatingIfNeeded: random.next() % UInt64(2 * amplitude + 1)) - amplitude
            result.pixels[index] = UInt8(clamping: Int(pixels[index]) + noise)
        }
        return result
    }

    /// The two pictures side by side; both of the same height.
    public func beside(_ other: Picture) -> Picture {
        var result = Picture(width: width + other.width, height: height, grey: 0)
        for y in 0..<height {
            let row =
                pixels[y * width * 3..<(y + 1) * width * 3]
                + other.pixels[y * other.width * 3..<(y + 1) * other.width * 3]
            result.pixels.replaceSubrange(y * result.width * 3..<(y + 1) * result.width * 3, with: row)
        }
        return result
    }
}
