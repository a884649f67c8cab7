import CImages

/// Pictures made anew as JPEG: what comes out holds the pixels and nothing else that the file they came from held.
public enum JPEGFile {
    /// Encodes a frame.
    /// - Parameters:
    ///   - longestSide: a larger picture is made smaller; in pixels.
    ///   - quality: 1 to 100.
    /// - Throws: `badImage` for an empty frame, or when libturbojpeg refuses.
    public static func encode(_ frame: Frame, longestSide: Int, quality: Int = 88) throws(CaptureError) -> [UInt8] {
        var rgb: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &rgb)
        let (width, height) = size(of: frame, longestSide: longestSide)
        if width != frame.width || height != frame.height {
            rgb = shrunk(rgb, from: (frame.width, frame.height), to: (width, height))
        }
        var bytes = [UInt8](repeating: 0, count: images_jpeg_bound(Int32(clamping: width), Int32(clamping: height)))
        var (reason, written) = (ReasonBuffer(), 0)
        let result = reason.write {
            images_jpeg_encode(
                rgb, Int32(clamping: width), Int32(clamping: height), Int32(clamping: quality), &bytes, bytes.count,
                &written, $0)
        }
        guard result == 0 else { throw .badImage(file: "the picture", reason: reason.text) }
        return Array(bytes.prefix(written))
    }

    private static func size(of frame: Frame, longestSide: Int) -> (width: Int, height: Int) {
        let longest = max(frame.width, frame.height)
        guard longest > longestSide else { return (frame.width, frame.height) }
        return (max(1, frame.width * longestSide / longest), max(1, frame.height * longestSide / longest))
    }

    private static func shrunk(
        _ rgb: [UInt8], from old: (width: Int, height: Int), to new: (width: Int, height: Int)
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: new.width * new.height * 3) { target, count in
            images_shrink_rgb(
                rgb, Int32(clamping: old.width), Int32(clamping: old.height), Int32(clamping: new.width),
                Int32(clamping: new.height), target.baseAddress)
            count = new.width * new.height * 3
        }
    }
}
