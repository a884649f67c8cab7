import Capture

/// The middle of a face, from above the brows to below the mouth, as `side` x `side` means of luma: what all measures of
/// pixels are taken on, so that none depends on the face's size in the frame. Each sample is the mean over its square, or
/// over one pixel's when the face is small, which is linear interpolation: a face of few pixels has little detail.
struct FaceGrid {
    /// Samples along a side.
    static let side = 64
    /// Half a side, in distances between the eyes.
    static let reach = 0.9

    /// Column 0 and row 0 of the grid, in pixels.
    let left: Double
    let top: Double
    /// Pixels from one sample to the next.
    let step: Double

    init(centre: Point, interEyeDistance: Double) {
        let reach = Self.reach * interEyeDistance
        left = centre.x - reach
        top = centre.y - reach
        step = 2 * reach / Double(Self.side)
    }

    /// Luma at a place of the frame, linear between samples; beyond the grid as at its border.
    @inline(__always)
    func luma(at place: Point, in samples: UnsafeMutableBufferPointer<Float>) -> Float {
        let last = Double(Self.side - 1)
        let x = min(max((place.x - left) / step - 0.5, 0), last)
        let y = min(max((place.y - top) / step - 0.5, 0), last)
        let (column, row) = (min(Int(x), Self.side - 2), min(Int(y), Self.side - 2))
        let (fx, fy) = (Float(x - Double(column)), Float(y - Double(row)))
        let at = row * Self.side + column
        let upper = samples[at] + fx * (samples[at + 1] - samples[at])
        let lower = samples[at + Self.side] + fx * (samples[at + Self.side + 1] - samples[at + Self.side])
        return upper + fy * (lower - upper)
    }

    /// Lends the samples, row by row, 0 to 255. What lies outside the frame is as the border.
    func withSamples<R>(of frame: Frame, _ body: (UnsafeMutableBufferPointer<Float>) -> R) -> R {
        let side = Self.side
        let width = max(step, 1)
        let columns = (0..<side).map { span(left + (Double($0) + 0.5) * step, width, frame.width) }
        let first = columns[0].first
        let count = columns[side - 1].last - first + 1
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: side * side + 2 * count + 1) { memory in
            let samples = UnsafeMutableBufferPointer(rebasing: memory[..<(side * side)])
            let sums = UnsafeMutableBufferPointer(rebasing: memory[(side * side)..<(side * side + count)])
            // What lies left of a column, in a row of sums: differences of it are sums over any columns.
            let before = UnsafeMutableBufferPointer(rebasing: memory[(side * side + count)...])
            frame.withLuma { luma in
                for row in 0..<side {
                    let rows = span(top + (Double(row) + 0.5) * step, width, frame.height)
                    sums.update(repeating: 0)
                    for y in rows.first...rows.last {
                        let weight = rows.weight(y)
                        let line = UnsafeBufferPointer(rebasing: luma[(y * frame.lumaStride + first)...].prefix(count))
                        for at in 0..<count { sums[at] += weight * Float(line[at]) }
                    }
                    before[0] = 0
                    for at in 0..<count { before[at + 1] = before[at] + sums[at] }
                    for column in 0..<side {
                        let span = columns[column]
                        let (a, b) = (span.first - first, span.last - first)
                        let whole = before[b + 1] - before[a]
                        let outside = span.missingFirst * sums[a] + span.missingLast * sums[b]
                        samples[row * side + column] = (whole - outside) * span.scale * rows.scale
                    }
                }
            }
            return body(samples)
        }
    }

    /// Whole pixels under a stretch of the frame, and what of the first and the last is not under it.
    private struct Span {
        var first: Int
        var last: Int
        var missingFirst: Float
        var missingLast: Float
        var scale: Float

        @inline(__always)
        func weight(_ at: Int) -> Float {
            1 - (at == first ? missingFirst : 0) - (at == last ? missingLast : 0)
        }
    }

    private func span(_ middle: Double, _ width: Double, _ count: Int) -> Span {
        let last = Double(count)
        let from = min(max(middle - width / 2, 0), last - 1)
        let to = min(max(middle + width / 2, from + 1), last)
        let (first, end) = (Int(from), min(Int(to.rounded(.up)), count))
        return Span(
            first: first, last: end - 1, missingFirst: Float(from - Double(first)),
            missingLast: Float(Double(end) - to), scale: Float(1 / (to - from)))
    }
}

/// Samples that are worked on at a time: sums of floats are not spread over a vector by the compiler, as their order counts.
typealias Lanes = SIMD4<Float>

extension UnsafeMutableBufferPointer<Float> {
    /// As many samples as there are lanes, from one on.
    @inline(__always)
    func lanes(_ at: Int) -> Lanes {
        UnsafeRawPointer(baseAddress.unsafelyUnwrapped + at).loadUnaligned(as: Lanes.self)
    }
}
