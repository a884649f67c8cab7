/// The first line of a YUV4MPEG2 stream.
struct Y4MHeader: Equatable {
    /// How chroma is sampled.
    enum Chroma: String {
        case mono
        case c420 = "420"
        case c411 = "411"
        case c422 = "422"
        case c444 = "444"
    }

    var width = 0
    var height = 0
    var framesPerSecond = Self.usualRate
    var chroma = Chroma.c420
    var fullRange = false

    /// Taken where the stream does not know its rate.
    static let usualRate = 25.0
    /// Longest line: real ones have about 80 bytes.
    static let lengthLimit = 1024

    /// Bytes of one frame.
    var frameByteCount: Int { width * height + chromaByteCount }

    var chromaByteCount: Int { chroma == .mono ? 0 : chromaPlanes.byteCount }

    /// How the colour of a frame lies.
    var colour: Colour { chroma == .mono ? .none : .chroma(chromaPlanes.layout) }

    private var chromaPlanes: (layout: ChromaLayout, byteCount: Int) {
        let (horizontal, vertical) =
            switch chroma {
            case .mono, .c444: (0, 0)
            case .c422: (1, 0)
            case .c411: (2, 0)
            case .c420: (1, 1)
            }
        return ChromaLayout.planar(
            width: width, height: height, horizontalShift: horizontal, verticalShift: vertical, fullRange: fullRange)
    }

    /// Parses a line. Errors are reasons for the operator.
    init(_ line: UnsafeBufferPointer<UInt8>) throws(Malformed) {
        var words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
            .map { String(decoding: $0, as: UTF8.self) }[...]
        guard words.popFirst() == "YUV4MPEG2" else {
            throw Malformed("it is not a Y4M stream (no YUV4MPEG2 at its beginning)")
        }
        for word in words {
            let value = word.dropFirst()
            switch word.first {
            case "W": width = try Self.side(value, "width")
            case "H": height = try Self.side(value, "height")
            case "F": framesPerSecond = try Self.rate(value)
            case "C": chroma = try Self.chroma(value)
            case "X": if value == "COLORRANGE=FULL" { fullRange = true }
            case "I", "A": break  // fields and the shape of pixels do not matter to us
            default: throw Malformed("unknown parameter \(word.prefix(20)) in the header")
            }
        }
        guard width > 0 else { throw Malformed("the header has no width (W)") }
        guard height > 0 else { throw Malformed("the header has no height (H)") }
    }

    private static func side(_ text: Substring, _ what: String) throws(Malformed) -> Int {
        guard let value = Int(text), (16...8192).contains(value) else {
            throw Malformed("the \(what) is \(text.prefix(20)), not 16 to 8192")
        }
        return value
    }

    private static func rate(_ text: Substring) throws(Malformed) -> Double {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let top = Int32(parts[0]), let bottom = Int32(parts[1]), top >= 0, bottom >= 0 else {
            throw Malformed("the rate is \(text.prefix(20)), not two numbers such as 30:1")
        }
        if top == 0 || bottom == 0 { return usualRate }
        let rate = Double(top) / Double(bottom)
        guard (0.1...1000).contains(rate) else {
            throw Malformed("the rate is \(text.prefix(20)), not 0.1 to 1000 frames/s")
        }
        return rate
    }

    private static func chroma(_ text: Substring) throws(Malformed) -> Chroma {
        if let chroma = Chroma(rawValue: String(text)) { return chroma }
        if ["420jpeg", "420mpeg2", "420paldv"].contains(text) { return .c420 }
        throw Malformed("the pixel format \(text.prefix(20)) is not read: 8 bits of 420, 422, 444, 411 or mono are")
    }

    /// Why a header is refused.
    struct Malformed: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }
}
