import CImages

/// The largest picture that is read.
public struct ImageLimits: Sendable, Equatable {
    /// Most bytes of the file.
    public var bytes: Int
    /// Most pixels, width × height.
    public var pixels: Int

    /// Limits with the values given; 64 MiB and 64 megapixels unless said otherwise.
    public init(bytes: Int = 64 << 20, pixels: Int = 64_000_000) {
        self.bytes = bytes
        self.pixels = pixels
    }
}

/// Still pictures: JPEG (upright by its EXIF orientation), PNG (transparent parts on white), PGM and PPM. The content decides, not
/// the name of the file.
public enum ImageFile {
    /// Reads a picture from a file.
    /// - Throws: `badImage`, `imageTooLarge`, `noPermission` or `io`.
    public static func load(path: String, limits: ImageLimits = ImageLimits()) throws(CaptureError) -> Frame {
        let frame = Frame()
        try load(path: path, limits: limits, into: frame)
        return frame
    }

    /// Reads a picture from the bytes of its file. `name` is what errors call it.
    /// - Throws: `badImage` or `imageTooLarge`.
    public static func load(
        bytes: [UInt8], name: String = "the picture", limits: ImageLimits = ImageLimits()
    ) throws(CaptureError) -> Frame {
        let frame = Frame()
        try load(bytes: bytes, name: name, limits: limits, into: frame)
        return frame
    }

    static func load(path: String, limits: ImageLimits, into frame: Frame) throws(CaptureError) {
        try load(bytes: readWholeFile(path, limit: limits.bytes), name: path, limits: limits, into: frame)
    }

    static func load(bytes: [UInt8], name: String, limits: ImageLimits, into frame: Frame) throws(CaptureError) {
        guard bytes.count <= limits.bytes else {
            throw .imageTooLarge(file: name, reason: "\(bytes.count) bytes, and at most \(limits.bytes) are read")
        }
        frame.sequence = 0
        frame.bootTime = .zero
        if bytes.starts(with: [0xFF, 0xD8]) {
            try loadJPEG(bytes, name: name, limits: limits, into: frame)
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            try loadPNG(bytes, name: name, limits: limits, into: frame)
        } else if let kind = PortableMap.Kind(bytes) {
            try PortableMap(kind: kind, bytes: bytes, name: name).load(limits: limits, into: frame)
        } else {
            throw .badImage(file: name, reason: bytes.isEmpty ? "it is empty" : "it is neither JPEG, PNG, PGM nor PPM")
        }
    }

    /// Refuses a size before memory is spent on it.
    static func check(width: Int, height: Int, limits: ImageLimits, name: String) throws(CaptureError) {
        guard width > 0, height > 0 else { throw .badImage(file: name, reason: "it has no pixels") }
        guard width <= limits.pixels / height else {
            throw .imageTooLarge(file: name, reason: "\(width)x\(height) pixels, and at most \(limits.pixels) are read")
        }
    }

    private static func loadJPEG(_ bytes: [UInt8], name: String, limits: ImageLimits, into frame: Frame)
        throws(CaptureError)
    {
        let orientation = bytes.withUnsafeBufferPointer { Orientation(exif: $0) }
        try bytes.withUnsafeBufferPointer { (bytes) throws(CaptureError) in
            let decoder = JPEGDecoder()
            let header = try decoder.header(bytes, file: name)
            guard header.colour != IMAGES_CMYK else {
                throw .badImage(file: name, reason: "its colours are CMYK, for print; RGB is wanted")
            }
            try decode(header, orientation, limits: limits, name: name, into: frame) { (pixels) throws(CaptureError) in
                try decoder.decode(
                    bytes, width: Int(header.width), height: Int(header.height), colour: header.colour, into: pixels,
                    file: name)
            }
        }
    }

    private static func loadPNG(_ bytes: [UInt8], name: String, limits: ImageLimits, into frame: Frame)
        throws(CaptureError)
    {
        try bytes.withUnsafeBufferPointer { (bytes) throws(CaptureError) in
            var header = images_header()
            var reason = ReasonBuffer()
            guard reason.write({ images_png_header(bytes.baseAddress, bytes.count, &header, $0) }) == 0 else {
                throw .badImage(file: name, reason: reason.text)
            }
            try decode(header, .upright, limits: limits, name: name, into: frame) { (pixels) throws(CaptureError) in
                let result = reason.write {
                    images_png_decode(
                        bytes.baseAddress, bytes.count, header.width, header.height, header.colour, pixels.baseAddress,
                        pixels.count, $0)
                }
                guard result == 0 else { throw .badImage(file: name, reason: reason.text) }
            }
        }
    }

    /// Decodes into the frame's own buffer, or beside it where the picture must be turned.
    private static func decode(
        _ header: images_header, _ orientation: Orientation, limits: ImageLimits, name: String, into frame: Frame,
        _ decoder: (UnsafeMutableBufferPointer<UInt8>) throws(CaptureError) -> Void
    ) throws(CaptureError) {
        let (width, height) = (Int(header.width), Int(header.height))
        try check(width: width, height: height, limits: limits, name: name)
        let isGrey = header.colour == IMAGES_GREY
        let channels = isGrey ? 1 : 3
        var pixels = [UInt8](repeating: 0, count: width * height * channels)
        try pixels.withUnsafeMutableBufferPointer { (pixels) throws(CaptureError) in try decoder(pixels) }
        if orientation != .upright {
            pixels = orientation.applied(to: pixels, width: width, height: height, channels: channels)
        }
        let (turnedWidth, turnedHeight) = orientation.swapsSides ? (height, width) : (width, height)
        frame.resize(width: turnedWidth, height: turnedHeight, colour: isGrey ? .none : .rgb, colourByteCount: 0)
        if isGrey {
            frame.luma = pixels
        } else {
            frame.colourBytes = pixels
            frame.computeLumaFromRGB()
        }
    }
}
