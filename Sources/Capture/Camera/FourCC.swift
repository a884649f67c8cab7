/// The four characters by which V4L2 names a pixel format.
public struct FourCC: Sendable, Hashable, CustomStringConvertible {
    /// The code as drivers know it.
    public let code: UInt32

    private static let bigEndian: UInt32 = 1 << 31

    /// A format from its code.
    public init(code: UInt32) { self.code = code }

    /// A format from up to four ASCII characters, such as `YUYV`; nil when they are not.
    public init?(_ name: String) {
        let letters = Array(name.utf8)
        guard (1...4).contains(letters.count), letters.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        let padded = letters + [UInt8](repeating: 0x20, count: 4 - letters.count)
        code = padded.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The four characters, without the spaces that fill them up; a big-endian twin has `-BE` behind them, as in v4l2-ctl.
    public var description: String {
        if code & Self.bigEndian != 0 { return "\(FourCC(code: code & ~Self.bigEndian))-BE" }
        let letters = (0..<4).map { UInt8(truncatingIfNeeded: code >> (8 * $0)) }
        let name = String(decoding: letters.map { (0x21...0x7E).contains($0) ? $0 : 0x20 }, as: UTF8.self)
        return String(name.reversed().drop { $0 == " " }.reversed())
    }
}

/// The formats that are read without help.
enum NativeFormat: String, CaseIterable {
    // In the order in which they are preferred: least bytes that hold all colour first, then compressed, then without colour.
    case nv12 = "NV12"
    case nv21 = "NV21"
    case yuv420 = "YU12"
    case yuyv = "YUYV"
    case uyvy = "UYVY"
    case mjpeg = "MJPG"
    case jpeg = "JPEG"
    case grey = "GREY"

    init?(_ format: FourCC) { self.init(rawValue: format.description) }
}
