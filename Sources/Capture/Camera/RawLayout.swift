import CImages

/// Where luma and colour lie in the bytes that a driver delivers.
struct RawLayout: Equatable {
    var width: Int
    var height: Int
    var lumaOffset = 0
    /// Bytes from one pixel's luma to the next: 1, or 2 in packed formats.
    var lumaStep = 1
    var lumaStride: Int
    /// Where the colour bytes begin, which `chroma` describes.
    var colourOffset = 0
    var chroma: ChromaLayout?

    /// The fewest bytes that hold a frame.
    var requiredBytes: Int {
        let luma = lumaOffset + (height - 1) * lumaStride + (width - 1) * lumaStep + 1
        return max(luma, chroma.map { colourOffset + $0.requiredBytes(width: width, height: height) } ?? 0)
    }

    /// The layout of a raw format; nil for a compressed one, and when rows of `stride` bytes are too short.
    init?(_ format: NativeFormat, width: Int, height: Int, stride: Int, fullRange: Bool) {
        let pairs = (width + 1) / 2
        let isPacked = format == .yuyv || format == .uyvy
        let shortest = isPacked ? 4 * pairs : format == .grey || format == .yuv420 ? width : 2 * pairs
        guard width > 0, height > 0, stride >= shortest, stride <= 1 << 20 else { return nil }
        self.width = width
        self.height = height
        lumaStride = stride

        func chroma(_ u: Int, _ v: Int, step: Int, stride: Int, vertical: Int) -> ChromaLayout {
            ChromaLayout(
                u: u, v: v, step: step, rowStride: stride, horizontalShift: 1, verticalShift: vertical,
                fullRange: fullRange)
        }
        switch format {
        case .mjpeg, .jpeg: return nil
        case .grey: break
        case .nv12, .nv21:
            colourOffset = stride * height
            let isNV12 = format == .nv12
            self.chroma = chroma(isNV12 ? 0 : 1, isNV12 ? 1 : 0, step: 2, stride: stride, vertical: 1)
        case .yuv420:
            // Rows of chroma are half as long as rows of luma, padding included.
            let chromaStride = (stride + 1) / 2
            colourOffset = stride * height
            self.chroma = chroma(0, chromaStride * ((height + 1) / 2), step: 1, stride: chromaStride, vertical: 1)
        case .yuyv, .uyvy:
            lumaStep = 2
            lumaOffset = format == .yuyv ? 0 : 1
            self.chroma = chroma(1 - lumaOffset, 3 - lumaOffset, step: 4, stride: stride, vertical: 0)
        }
    }
}

extension Frame {
    /// Takes a raw picture.
    /// - Returns: false when the bytes are too few, and the frame is as it was.
    func take(_ bytes: UnsafeRawBufferPointer, _ layout: RawLayout) -> Bool {
        guard bytes.count >= layout.requiredBytes, let source = bytes.baseAddress else { return false }
        let colourCount = layout.chroma?.requiredBytes(width: layout.width, height: layout.height) ?? 0
        resize(
            width: layout.width, height: layout.height, colour: layout.chroma.map(Colour.chroma) ?? .none,
            colourByteCount: colourCount)
        colourBytes.withUnsafeMutableBytes { target in
            target.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes[layout.colourOffset..<layout.colourOffset + colourCount]))
        }
        luma.withUnsafeMutableBytes { target in
            guard let target = target.baseAddress else { return }
            for row in 0..<layout.height {
                let from = source + layout.lumaOffset + row * layout.lumaStride
                let to = target + row * layout.width
                if layout.lumaStep == 1 {
                    to.copyMemory(from: from, byteCount: layout.width)
                } else {
                    images_every_second(from, layout.width, to)
                }
            }
        }
        return true
    }

    /// Takes a JPEG picture that must have the size given: its luma now, its colour when it is asked for.
    /// `room` is the most bytes that the source's pictures have.
    package func take(
        jpeg bytes: UnsafeRawBufferPointer, width: Int, height: Int, room: Int, decoder: JPEGDecoder
    ) throws(CaptureError) {
        // A copy first: the driver's memory is slow to read on some boards, and not ours to trust while it is parsed.
        resize(
            width: width, height: height, colour: .jpeg(byteCount: bytes.count), colourByteCount: max(room, bytes.count)
        )
        colourBytes.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
        try colourBytes.withUnsafeBufferPointer { (jpeg) throws(CaptureError) in
            try luma.withUnsafeMutableBufferPointer { (luma) throws(CaptureError) in
                try decoder.decode(
                    UnsafeBufferPointer(rebasing: jpeg[0..<bytes.count]), width: width, height: height,
                    colour: IMAGES_GREY,
                    into: luma, file: "a frame")
            }
        }
    }
}
