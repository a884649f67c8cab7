/// The four characters by which V4L2 names a pixel format.
public struct FourCC: Sendable, Hashable, CustomStringConvertible {
    /// The code as drivers know it.
    public let code: UInt32

    private static let bigEndian: UInt32 = 1 << 31

    /// A format from its code.
    public init(code: UInt32) { self.code = code }

    /// A format from up to four ASCII characters, such as `YUYV`, with `-BE` behind for a big-endian twin; nil when they are not.
    public init?(_ name: String) {
        let isBigEndian = name.hasSuffix("-BE")
        let letters = Array((isBigEndian ? name.dropLast(3) : name[...]).utf8)
        guard (1...4).contains(letters.count), letters.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        let padded = letters + [UInt8](repeating: 0x20, count: 4 - letters.count)
        code = padded.reversed().reduce(0) { $0 << 8 | UInt32($1) } | (isBigEndian ? Self.bigEndian : 0)
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

extension FourCC {
    /// Whether pictures of this format can be read, natively or through libv4l. A camera's other formats are not offered.
    public var isReadable: Bool { NativeFormat(self) != nil || Self.convertible[description] != nil }

    /// Whether libv4lconvert gives it colours that it does not have; its luma is taken as it is, like that of GREY.
    var isGrey: Bool { ["Y04", "Y06", "Y10B", "Y16", "Y16-BE"].contains(description) }

    /// How many bytes of a row and of a picture libv4lconvert reads. It believes what the driver says of them, and would read
    /// anywhere in memory. Nil when it does not convert this format.
    func convertedBytes(width: Int, height: Int) -> (row: Int, picture: Int)? {
        Self.convertible[description].map { (width * $0.rowBits / 8, width * height * $0.bits / 8) }
    }

    /// What libv4lconvert turns into planar YUV rightly, as seen with the kernel's test driver, and the bits of a pixel: in the rows
    /// of the first plane, and in all. What it knows beyond these either comes from webcams too small to see a face, or it writes
    /// over the end of its buffer (HSV3 and HSV4), or reads a row beyond the picture's (RGBP).
    private static let convertible: [String: (rowBits: Int, bits: Int)] = {
        let kinds: [(names: [String], rowBits: Int, bits: Int)] = [
            (["YV12", "M420"], 8, 12),
            (["NV16", "NV61"], 8, 16),
            (["BA81", "GBRG", "GRBG", "RGGB", "Y04", "Y06"], 8, 8),
            (["Y10B"], 10, 10),
            (["YVYU", "BG10", "GB10", "BA10", "RG10", "BYR2", "GB16", "GR16", "RG16", "Y16", "Y16-BE"], 16, 16),
            (["RGB3", "BGR3"], 24, 24),
            (["RGB4", "BGR4", "XR24", "AR24", "BX24", "BA24"], 32, 32),
        ]
        return Dictionary(
            uniqueKeysWithValues: kinds.flatMap { kind in kind.names.map { ($0, (kind.rowBits, kind.bits)) } })
    }()
}
