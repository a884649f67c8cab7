import Glibc
import TestSupport

@testable import Capture

extension SplitMix {
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}

extension Frame {
    /// All luma, rows without padding.
    var lumaBytes: [UInt8] { withLuma { Array($0) } }

    /// All colour.
    func rgb() throws(CaptureError) -> [UInt8] {
        var rgb: [UInt8] = []
        try copyRGB(PixelRectangle(left: 0, top: 0, width: width, height: height), into: &rgb)
        return rgb
    }
}

/// Lets time pass, all of it: a signal that some other test causes would end `usleep` early.
func pass(_ time: Duration) { _ = waitUntilReadable(-1, for: time, or: nil) }

/// Writes a file in place; unlike a file that is put in place whole, that waits for no disk.
func overwrite(_ path: String, _ bytes: some Collection<UInt8>) {
    let fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(fd) }
    let all = Array(bytes)
    precondition(write(fd, all, all.count) == all.count)
}

/// Bytes of ASCII text.
func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

/// JPEG files made by the encoder of the library that Capture decodes with.
enum JPEGMaker {
    private typealias Make = @convention(c) () -> UnsafeMutableRawPointer?
    private typealias Compress =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, Int32, Int32, Int32, Int32,
            UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, UnsafeMutablePointer<UInt>?, Int32, Int32, Int32
        ) -> Int32
    private typealias Destroy = @convention(c) (UnsafeMutableRawPointer?) -> Int32
    private typealias Free = @convention(c) (UnsafeMutablePointer<UInt8>?) -> Void

    static let rgbPixels: Int32 = 0
    static let greyPixels: Int32 = 6
    static let cmykPixels: Int32 = 11
    static let progressive: Int32 = 16384

    private static func symbol<F>(_ name: String, _ type: F.Type) -> F { unsafeBitCast(dlsym(nil, name), to: type) }

    /// `pixels` has 3 (RGB), 1 (grey) or 4 (CMYK) bytes a pixel. Quality 100 and chroma of full size, for exact comparisons.
    static func encode(
        _ pixels: [UInt8], width: Int, height: Int, format: Int32 = rgbPixels, quality: Int32 = 100, flags: Int32 = 0
    ) -> [UInt8] {
        let handle = symbol("tjInitCompress", Make.self)()
        defer { _ = symbol("tjDestroy", Destroy.self)(handle) }
        var file: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        let subsampling: Int32 = format == greyPixels ? 3 : 0
        let result = symbol("tjCompress2", Compress.self)(
            handle, pixels, Int32(width), 0, Int32(height), format, &file, &size, subsampling, quality, flags)
        precondition(result == 0)
        defer { symbol("tjFree", Free.self)(file) }
        return Array(UnsafeBufferPointer(start: file, count: Int(size)))
    }

    /// Puts an EXIF segment with nothing but an orientation behind the start of the file.
    static func orient(_ jpeg: [UInt8], _ orientation: UInt16, bigEndian: Bool = true) -> [UInt8] {
        func two(_ value: UInt16) -> [UInt8] {
            let bytes = [UInt8(value >> 8), UInt8(value & 255)]
            return bigEndian ? bytes : bytes.reversed()
        }
        func four(_ value: UInt16) -> [UInt8] { bigEndian ? two(0) + two(value) : two(value) + two(0) }
        let directory = two(1) + two(0x0112) + two(3) + four(1) + two(orientation) + two(0) + four(0)
        let tiff = ascii(bigEndian ? "MM" : "II") + two(42) + four(8) + directory
        let body = ascii("Exif") + [0, 0] + tiff
        let length = UInt16(body.count + 2)
        return Array(jpeg[0..<2]) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + body + jpeg[2...]
    }
}

/// PNG files of every kind, uncompressed.
enum PNGMaker {
    /// `rows` are the scan lines as PNG stores them, without their filter byte.
    static func file(
        width: Int, height: Int, depth: UInt8, colourType: UInt8, rows: [[UInt8]], palette: [UInt8]? = nil
    ) -> [UInt8] {
        let header = four(width) + four(height) + [depth, colourType, 0, 0, 0]
        let raw: [UInt8] = rows.flatMap { row -> [UInt8] in [0] + row }
        var file = [0x89] + ascii("PNG") + [0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
        if let palette { file += chunk("PLTE", palette) }
        return file + chunk("IDAT", stored(raw)) + chunk("IEND", [])
    }

    static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        four(body.count) + ascii(name) + body + four(Int(crc(ascii(name) + body)))
    }

    private static func four(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }

    /// A zlib stream of one stored block.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < 65536)
        let sums = bytes.reduce((low: 1, high: 0)) { sums, byte in
            let low = (sums.low + Int(byte)) % 65521
            return (low, (sums.high + low) % 65521)
        }
        let count = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8)]
        return [0x78, 0x01, 0x01] + count + count.map { ~$0 } + bytes + four(sums.high << 16 | sums.low)
    }
}
