/// How the colour bytes of a frame lie beside its luma.
enum Colour: Equatable {
    /// There is no colour: red, green and blue equal the luma.
    case none
    /// Samples of U and V.
    case chroma(ChromaLayout)
    /// Interleaved red, green, blue; 3 bytes a pixel, rows without padding.
    case rgb
    /// The JPEG file of the frame, decoded only when colour is asked for.
    case jpeg(byteCount: Int)
}

/// Where the chroma of a pixel lies: U at `u + (y >> verticalShift) * rowStride + (x >> horizontalShift) * step`, V likewise.
/// One description serves planar (I420, Y4M), semi-planar (NV12) and packed (YUYV) formats.
struct ChromaLayout: Equatable {
    /// Offset of the first U sample in the colour bytes.
    var u: Int
    /// Offset of the first V sample in the colour bytes.
    var v: Int
    /// Bytes from one sample to the next in a row.
    var step: Int
    /// Bytes from one row of samples to the next.
    var rowStride: Int
    /// log2 of the columns that share a sample.
    var horizontalShift: Int
    /// log2 of the rows that share a sample.
    var verticalShift: Int
    /// BT.601 of JPEG (0 to 255) instead of video (16 to 235).
    var fullRange: Bool

    /// Planes of U then V, without padding, for luma of `width` × `height`.
    static func planar(
        width: Int, height: Int, horizontalShift: Int, verticalShift: Int, fullRange: Bool
    ) -> (layout: ChromaLayout, byteCount: Int) {
        let columns = (width + (1 << horizontalShift) - 1) >> horizontalShift
        let rows = (height + (1 << verticalShift) - 1) >> verticalShift
        let layout = ChromaLayout(
            u: 0, v: columns * rows, step: 1, rowStride: columns, horizontalShift: horizontalShift,
            verticalShift: verticalShift, fullRange: fullRange)
        return (layout, 2 * columns * rows)
    }

    /// The bytes that a frame of `width` × `height` reads: its last sample's offset and one.
    func requiredBytes(width: Int, height: Int) -> Int {
        max(u, v) + ((height - 1) >> verticalShift) * rowStride + ((width - 1) >> horizontalShift) * step + 1
    }
}
