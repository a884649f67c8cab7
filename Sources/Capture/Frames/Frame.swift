import CImages

/// One image from a source: luma for the detectors, and the colour as the source gave it, converted only where it is asked for.
///
/// Made once and filled again and again; its buffers only grow. It belongs to the thread that uses it.
///
/// Luma is handed on as it comes: in the range of video (16 to 235) from YUV cameras and Y4M, in the full range from JPEG, PNG and
/// PGM. Colour is BT.601 of the frame's range.
public final class Frame {
    /// Columns.
    public internal(set) var width = 0
    /// Rows.
    public internal(set) var height = 0
    /// Number of the frame in its source, from 0; dropped and skipped ones count too.
    public package(set) var sequence: UInt64 = 0
    /// Capture time on CLOCK_BOOTTIME for a camera; start of playing + index / rate for a file.
    public package(set) var bootTime: Duration = .zero

    /// Bytes from one row of luma to the next.
    public var lumaStride: Int { width }

    var luma: [UInt8] = []
    var colour = Colour.none
    var colourBytes: [UInt8] = []
    private let jpegDecoder = JPEGDecoder()
    private(set) var decoded: [UInt8] = []
    private var isDecoded = false

    /// An empty frame, to be filled by a source.
    public init() {}

    /// A frame from interleaved RGB, 3 bytes a pixel, rows without padding.
    /// - Throws: `badImage` when the bytes are not `width * height * 3`.
    public convenience init(rgb: [UInt8], width: Int, height: Int) throws(CaptureError) {
        guard width > 0, height > 0, rgb.count == width * height * 3 else {
            throw .badImage(
                file: "pixels in memory", reason: "\(rgb.count) bytes are not \(width)x\(height) pixels of RGB")
        }
        self.init()
        resize(width: width, height: height, colour: .rgb, colourByteCount: 0)
        colourBytes = rgb
        computeLumaFromRGB()
    }

    /// A grey frame from luma, one byte a pixel, rows without padding.
    /// - Throws: `badImage` when the bytes are not `width * height`.
    public convenience init(luma: [UInt8], width: Int, height: Int) throws(CaptureError) {
        guard width > 0, height > 0, luma.count == width * height else {
            throw .badImage(
                file: "pixels in memory", reason: "\(luma.count) bytes are not \(width)x\(height) pixels of grey")
        }
        self.init()
        resize(width: width, height: height, colour: .none, colourByteCount: 0)
        self.luma = luma
    }

    /// Lends the luma: `height * lumaStride` bytes, one a pixel.
    public func withLuma<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        let count = height * lumaStride
        return try luma.withUnsafeBufferPointer { (all) throws(E) -> R in
            try body(UnsafeBufferPointer(rebasing: all[0..<count]))
        }
    }

    /// Becomes a copy of another frame, in the buffers it has.
    public func copy(from other: Frame) {
        width = other.width
        height = other.height
        sequence = other.sequence
        bootTime = other.bootTime
        colour = other.colour
        isDecoded = false
        luma.overwrite(with: other.luma)
        colourBytes.overwrite(with: other.colourBytes)
    }

    /// Colour of a region: interleaved RGB, 3 bytes a pixel, rows of `region.width * 3` bytes, into a buffer that is used again.
    /// - Throws: `outsideFrame`, or `badImage` when the JPEG of an MJPEG frame turns out to be damaged.
    public func copyRGB(_ region: PixelRectangle, into rgb: inout [UInt8]) throws(CaptureError) {
        guard region.fits(width: width, height: height) else {
            throw .outsideFrame(region: region, width: width, height: height)
        }
        rgb.setCount(region.width * region.height * 3)
        switch colour {
        case .none: copyGrey(region, into: &rgb)
        case .rgb: rgb.copyRows(of: region, from: colourBytes, width: width)
        case .chroma(let layout): convert(region, layout, into: &rgb)
        case .jpeg(let byteCount):
            try decodeJPEG(byteCount)
            rgb.copyRows(of: region, from: decoded, width: width)
        }
    }

    /// Sets the geometry and makes room. The bytes are to be written afterwards.
    func resize(width: Int, height: Int, colour: Colour, colourByteCount: Int) {
        self.width = width
        self.height = height
        self.colour = colour
        isDecoded = false
        luma.ensureCount(width * height)
        colourBytes.ensureCount(colourByteCount)
    }

    /// Computes luma from colour of kind `.rgb`.
    func computeLumaFromRGB() {
        let count = width * height
        colourBytes.withUnsafeBufferPointer { rgb in
            luma.withUnsafeMutableBufferPointer { images_luma_of_rgb(rgb.baseAddress, count, $0.baseAddress) }
        }
    }

    private func copyGrey(_ region: PixelRectangle, into rgb: inout [UInt8]) {
        var at = 0
        for row in region.top..<region.top + region.height {
            for grey in luma[(row * lumaStride + region.left)...].prefix(region.width) {
                rgb[at] = grey
                rgb[at + 1] = grey
                rgb[at + 2] = grey
                at += 3
            }
        }
    }

    private func convert(_ region: PixelRectangle, _ layout: ChromaLayout, into rgb: inout [UInt8]) {
        luma.withUnsafeBufferPointer { luma in
            colourBytes.withUnsafeBufferPointer { colour in
                rgb.withUnsafeMutableBufferPointer { rgb in
                    guard let luma = luma.baseAddress, let colour = colour.baseAddress, var out = rgb.baseAddress else {
                        return
                    }
                    for row in region.top..<region.top + region.height {
                        let samples = colour + (row >> layout.verticalShift) * layout.rowStride
                        var chroma = images_chroma_row(
                            u: samples + layout.u, v: samples + layout.v, step: Int32(layout.step),
                            shift: Int32(layout.horizontalShift), first: Int32(region.left),
                            full_range: layout.fullRange ? 1 : 0)
                        images_rgb_row(luma + row * lumaStride + region.left, &chroma, Int32(region.width), out)
                        out += region.width * 3
                    }
                }
            }
        }
    }

    func decodeJPEG(_ byteCount: Int) throws(CaptureError) {
        guard !isDecoded else { return }
        decoded.ensureCount(width * height * 3)
        try colourBytes.withUnsafeBufferPointer { (jpeg) throws(CaptureError) in
            try decoded.withUnsafeMutableBufferPointer { (rgb) throws(CaptureError) in
                try jpegDecoder.decode(
                    UnsafeBufferPointer(rebasing: jpeg[0..<byteCount]), width: width, height: height,
                    colour: IMAGES_RGB,
                    into: rgb, file: "frame \(sequence)")
            }
        }
        isDecoded = true
    }
}
