import CImages

/// PNG files written, for pictures that show what was found.
public enum PNGFile {
    /// Writes interleaved RGB, 3 bytes a pixel, rows without padding.
    /// - Throws: `badImage` when the bytes are not `width * height * 3`, `io` when the file cannot be written.
    public static func write(rgb: [UInt8], width: Int, height: Int, path: String) throws(CaptureError) {
        guard (1...65_500).contains(width), (1...65_500).contains(height), rgb.count == width * height * 3 else {
            throw .badImage(file: path, reason: "\(rgb.count) bytes are not \(width)x\(height) pixels of RGB")
        }
        var reason = ReasonBuffer()
        guard reason.write({ images_png_write(path, rgb, Int32(width), Int32(height), $0) }) == 0 else {
            throw .io(operation: "write", path: path, reason: reason.text)
        }
    }
}
