import Capture

#if canImport(Glibc)
    import Glibc
#endif

/// What landmarks and pixels say about one face, before any bound is applied.
struct FaceMeasure {
    /// Mean luma over the face, 0 to 255.
    var brightness = 0.0
    /// The energy of the Laplacian over the variance, both on the face sampled to `side` x `side`: independent of the
    /// face's size in the frame and of its contrast. The Laplacian's energy as a focus measure: Pech-Pacheco et al.,
    /// ICPR 2000.
    var sharpness = 0.0
    var yaw = 0.0
    var pitch = 0.0
    var roll = 0.0
    /// True when eyes or mouth lie outside the frame.
    var isCutOff = false

    private static let side = 64

    init(frame: Frame, landmarks: Landmarks) {
        let left = landmarks.leftEye
        let right = landmarks.rightEye
        let mouth = landmarks.mouth
        let eyes = Point.mean(of: [left, right])
        let distance = max(landmarks.interEyeDistance, 1)
        roll = atan2(right.y - left.y, right.x - left.x) * 180 / .pi

        // Along and across the line of the eyes, so that roll does not count as yaw or pitch.
        let axis = Point(x: (right.x - left.x) / distance, y: (right.y - left.y) / distance)
        let nose = landmarks.noseTip
        let along = (nose.x - eyes.x) * axis.x + (nose.y - eyes.y) * axis.y
        let down = -(nose.x - eyes.x) * axis.y + (nose.y - eyes.y) * axis.x
        let mouthDown = -(mouth.x - eyes.x) * axis.y + (mouth.y - eyes.y) * axis.x
        yaw = along / (distance / 2)
        // On the mean of dlib's frontal shape the nose's tip lies 0.56 of the way from the eyes to the mouth.
        pitch = mouthDown > 1 ? (down / mouthDown - 0.56) / 0.44 : 1

        let inside = [left, right, mouth].allSatisfy {
            $0.x >= 0 && $0.y >= 0 && $0.x < Double(frame.width) && $0.y < Double(frame.height)
        }
        isCutOff = !inside
        if inside { samplePixels(frame, centre: Point.mean(of: [eyes, mouth]), reach: distance * 0.9) }
    }

    private mutating func samplePixels(_ frame: Frame, centre: Point, reach: Double) {
        let side = Self.side
        var samples = [Float](repeating: 0, count: side * side)
        let step = 2 * reach / Double(side)
        let stride = frame.lumaStride
        frame.withLuma { luma in
            for row in 0..<side {
                for column in 0..<side {
                    let x = centre.x - reach + (Double(column) + 0.5) * step
                    let y = centre.y - reach + (Double(row) + 0.5) * step
                    samples[row * side + column] = Self.mean(
                        luma, width: frame.width, height: frame.height, stride: stride, x: x, y: y, reach: step / 2)
                }
            }
        }
        let mean = samples.reduce(0, +) / Float(samples.count)
        brightness = Double(mean)
        var variance: Float = 0
        for sample in samples { variance += (sample - mean) * (sample - mean) }
        variance /= Float(samples.count)
        var energy: Float = 0
        for row in 1..<side - 1 {
            for column in 1..<side - 1 {
                let at = row * side + column
                let laplacian =
                    samples[at - 1] + samples[at + 1] + samples[at - side] + samples[at + side] - 4 * samples[at]
                energy += laplacian * laplacian
            }
        }
        energy /= Float((side - 2) * (side - 2))
        sharpness = Double(energy / (variance + 4))
    }

    /// The mean of the pixels within `reach` of a place, or the nearest pixel when the face is small.
    private static func mean(
        _ luma: UnsafeBufferPointer<UInt8>, width: Int, height: Int, stride: Int, x: Double, y: Double, reach: Double
    ) -> Float {
        func clamped(_ value: Double, _ last: Int) -> Int { min(max(Int(value.rounded(.down)), 0), last) }
        let left = clamped(x - reach + 0.5, width - 1)
        let right = max(left, clamped(x + reach - 0.5, width - 1))
        let top = clamped(y - reach + 0.5, height - 1)
        let bottom = max(top, clamped(y + reach - 0.5, height - 1))
        var sum = 0
        for row in top...bottom {
            for column in left...right { sum += Int(luma[row * stride + column]) }
        }
        return Float(sum) / Float((right - left + 1) * (bottom - top + 1))
    }
}
