import Capture
import TestSupport

@testable import Faces

/// Grey frames that are computed point by point: a textured scene, and a textured face or sheet that moves before it.
struct Sheet {
    static let width = 640
    static let height = 480

    /// Smooth texture without a period: sums of sines whose frequencies have no common measure.
    static func texture(_ x: Double, _ y: Double, phase: Double) -> Double {
        128 + 22 * sine(0.11 * x + 0.07 * y + phase) + 22 * sine(0.053 * x - 0.13 * y + 2 * phase)
            + 18 * sine(0.17 * y + 0.019 * x + 3 * phase)
    }

    /// A frame.
    /// - Parameters:
    ///   - x, y: how far what moves has moved, in pixels.
    ///   - reach: half of the moving rectangle's width and height about (320, 240), before it moved.
    ///   - seed: of the sensor's noise.
    static func frame(x dx: Double, y dy: Double, reach: (Double, Double), seed: UInt64 = 1) throws -> Frame {
        var random = SplitMix(seed: seed)
        var luma = [UInt8](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width {
                let (u, v) = (Double(x) - dx, Double(y) - dy)
                let isMoving = abs(u - 320) <= reach.0 && abs(v - 240) <= reach.1
                let value = isMoving ? texture(u, v, phase: 1) : texture(Double(x), Double(y), phase: 4)
                let noise = Double(random.next() % 5) - 2
                luma[y * width + x] = UInt8(min(235, max(16, value + noise)))
            }
        }
        return try Frame(luma: luma, width: width, height: height)
    }

    /// Bhaskara's sine, near enough for a texture and the same on every machine.
    private static func sine(_ angle: Double) -> Double {
        let turn = angle / (2 * .pi)
        let part = (turn - turn.rounded(.down)) * 2
        let half = part < 1 ? part : part - 1
        let value = 16 * half * (1 - half) / (5 - 4 * half * (1 - half))
        return part < 1 ? value : -value
    }
}
