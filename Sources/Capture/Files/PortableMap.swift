/// PGM and PPM: P2, P3 (numbers as text), P5 and P6 (bytes), 8 or 16 bits a sample.
struct PortableMap {
    /// What the first two bytes say.
    enum Kind: UInt8 {
        case greyText = 0x32
        case colourText = 0x33
        case greyBytes = 0x35
        case colourBytes = 0x36

        init?(_ bytes: [UInt8]) {
            guard bytes.count > 2, bytes[0] == 0x50, let kind = Kind(rawValue: bytes[1]) else { return nil }
            self = kind
        }

        var isText: Bool { self == .greyText || self == .colourText }
        var isGrey: Bool { self == .greyText || self == .greyBytes }
    }

    private let kind: Kind
    private let bytes: [UInt8]
    private let name: String
    private var at = 2

    init(kind: Kind, bytes: [UInt8], name: String) {
        self.kind = kind
        self.bytes = bytes
        self.name = name
    }

    consuming func load(limits: ImageLimits, into frame: Frame) throws(CaptureError) {
        let width = try number("the width")
        let height = try number("the height")
        let maximum = try number("the largest value")
        guard (1...65535).contains(maximum) else { throw bad("the largest value is \(maximum), not 1 to 65535") }
        try ImageFile.check(width: width, height: height, limits: limits, name: name)
        let count = width * height * (kind.isGrey ? 1 : 3)
        // Each sample takes a byte at least: a header's promise costs no more memory than the file is long.
        guard count <= bytes.count - at else { throw bad("the file ends before its last pixel") }
        let samples = kind.isText ? try textSamples(count, maximum) : try byteSamples(count, maximum)
        frame.resize(width: width, height: height, colour: kind.isGrey ? .none : .rgb, colourByteCount: 0)
        if kind.isGrey {
            frame.luma = samples
        } else {
            frame.colourBytes = samples
            frame.computeLumaFromRGB()
        }
    }

    private mutating func textSamples(_ count: Int, _ maximum: Int) throws(CaptureError) -> [UInt8] {
        var samples = [UInt8](repeating: 0, count: count)
        for i in 0..<count {
            let value = try number("a pixel")
            guard value <= maximum else { throw bad("a pixel of \(value) is above the largest value \(maximum)") }
            samples[i] = scaled(value, maximum)
        }
        return samples
    }

    private mutating func byteSamples(_ count: Int, _ maximum: Int) throws(CaptureError) -> [UInt8] {
        at += 1  // the one white space that ends the header
        let width = maximum > 255 ? 2 : 1
        guard count * width <= bytes.count - at else { throw bad("the file ends before its last pixel") }
        if maximum == 255 { return Array(bytes[at..<at + count]) }
        var samples = [UInt8](repeating: 0, count: count)
        for i in 0..<count {
            let value = width == 1 ? Int(bytes[at + i]) : Int(bytes[at + 2 * i]) << 8 | Int(bytes[at + 2 * i + 1])
            guard value <= maximum else { throw bad("a pixel of \(value) is above the largest value \(maximum)") }
            samples[i] = scaled(value, maximum)
        }
        return samples
    }

    private func scaled(_ value: Int, _ maximum: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (value * 255 + maximum / 2) / maximum)
    }

    /// The next number, after white space and comments.
    private mutating func number(_ what: String) throws(CaptureError) -> Int {
        var isComment = false
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "#") { isComment = true }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { isComment = false }
            guard isComment || Self.isSpace(byte) else { break }
            at += 1
        }
        var value = 0
        let start = at
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) {
            value = value * 10 + Int(bytes[at] - 0x30)
            guard value <= 1 << 30 else { throw bad("\(what) is far too large") }
            at += 1
        }
        guard at > start else { throw bad("\(what) is missing") }
        guard at == bytes.count || Self.isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "#") else {
            throw bad("\(what) is not a number")
        }
        return value
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private func bad(_ reason: String) -> CaptureError { .badImage(file: name, reason: reason) }
}
