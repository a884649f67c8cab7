import CImages

extension Frame {
    /// Means of U and V (BT.601, 0 for grey, full range) over a grid of cells, row by row, into buffers that are used again.
    /// - Parameters:
    ///   - columns, rows: at least 1, and at most half of the frame's.
    /// - Returns: false for a frame without colour or with fewer samples than cells, or whose JPEG turns out to be damaged; the
    ///   buffers are worth nothing then.
    public func chromaGrid(columns: Int, rows: Int, u: inout [Float], v: inout [Float]) -> Bool {
        guard columns > 0, rows > 0, 2 * columns <= width, 2 * rows <= height else { return false }
        if u.count != columns * rows {
            u = [Float](repeating: 0, count: columns * rows)
            v = u
        }
        func grid(_ samples: UnsafePointer<UInt8>, _ layout: SampleLayout, _ means: inout [Float]) {
            images_sample_grid(
                samples, Int32(layout.step), layout.stride, Int32(layout.width), Int32(layout.height), Int32(columns),
                Int32(rows), &means)
        }
        switch colour {
        case .none: return false
        case .chroma(let layout):
            let samples = SampleLayout(
                step: layout.step, stride: layout.rowStride, width: width >> layout.horizontalShift,
                height: height >> layout.verticalShift)
            guard columns <= samples.width, rows <= samples.height else { return false }
            colourBytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                grid(start + layout.u, samples, &u)
                grid(start + layout.v, samples, &v)
            }
            let range: Float = layout.fullRange ? 1 : 255 / 224
            for index in u.indices { (u[index], v[index]) = ((u[index] - 128) * range, (v[index] - 128) * range) }
        case .rgb: chromaOfRGB(colourBytes, grid, &u, &v)
        case .jpeg(let byteCount):
            do throws(CaptureError) { try decodeJPEG(byteCount) } catch { return false }
            chromaOfRGB(decoded, grid, &u, &v)
        }
        return true
    }

    private func chromaOfRGB(
        _ pixels: [UInt8], _ grid: (UnsafePointer<UInt8>, SampleLayout, inout [Float]) -> Void, _ u: inout [Float],
        _ v: inout [Float]
    ) {
        let layout = SampleLayout(step: 3, stride: 3 * width, width: width, height: height)
        var green = u
        pixels.withUnsafeBufferPointer { pixels in
            guard let start = pixels.baseAddress else { return }
            grid(start, layout, &v)
            grid(start + 1, layout, &green)
            grid(start + 2, layout, &u)
        }
        for index in u.indices {
            let (red, blue) = (v[index], u[index])
            u[index] = -0.168736 * red - 0.331264 * green[index] + 0.5 * blue
            v[index] = 0.5 * red - 0.418688 * green[index] - 0.081312 * blue
        }
    }

    /// How one channel's samples lie.
    private struct SampleLayout {
        let step: Int
        let stride: Int
        let width: Int
        let height: Int
    }
}
