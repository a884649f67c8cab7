import CV4L2

/// Turns what the driver delivers into a frame, in the way that the negotiated format asks for.
enum PictureReader {
    case raw(RawLayout)
    case jpeg(width: Int, height: Int, room: Int, JPEGDecoder)
    case foreign(ForeignFormat)

    /// Fills a frame.
    /// - Returns: nil, or why the picture is damaged.
    func read(_ bytes: UnsafeMutableRawBufferPointer, into frame: Frame) -> CaptureError? {
        do throws(CaptureError) {
            switch self {
            case .raw(let layout):
                guard frame.take(UnsafeRawBufferPointer(bytes), layout) else {
                    throw .badImage(file: "a frame", reason: "\(bytes.count) of \(layout.requiredBytes) bytes")
                }
            case .jpeg(let width, let height, let room, let decoder):
                try frame.take(
                    jpeg: UnsafeRawBufferPointer(bytes), width: width, height: height, room: room, decoder: decoder)
            case .foreign(let format):
                try format.convert(bytes, into: frame)
            }
            return nil
        } catch {
            return error
        }
    }
}

/// A format that libv4lconvert turns into planar YUV 4:2:0 for us.
final class ForeignFormat {
    private let library: OpaquePointer
    private var source: v4l2_format
    private var target: v4l2_format
    private let layout: RawLayout
    private var converted: [UInt8]
    /// The fewest bytes that hold one of the camera's pictures.
    private var requiredBytes = Int.max

    /// What the camera is to be set to.
    var cameraFormat: v4l2_pix_format { source.fmt.pix }

    /// Asks the library what it makes of the mode's size. The camera's format stays the mode's own, which is known to be converted
    /// rightly; the library would choose another.
    init(device: V4L2Device, mode: CameraMode) throws(CaptureError) {
        let unsupported = CaptureError.formatNotSupported(device: device.path, wanted: "\(mode)", offered: [])
        guard let library = v4lconvert_create(device.fd) else { throw unsupported }
        var target = v4l2_format()
        target.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        target.fmt.pix.width = UInt32(mode.width)
        target.fmt.pix.height = UInt32(mode.height)
        target.fmt.pix.pixelformat = Self.planar.code
        var source = v4l2_format()
        guard v4lconvert_try_format(library, &target, &source) == 0, target.fmt.pix.pixelformat == Self.planar.code,
            let layout = RawLayout(
                mode.format.isGrey ? .grey : .yuv420, width: Int(target.fmt.pix.width),
                height: Int(target.fmt.pix.height),
                stride: Int(target.fmt.pix.bytesperline), fullRange: false),
            layout.width <= 8192, layout.height <= 8192
        else {
            v4lconvert_destroy(library)
            throw unsupported
        }
        source.fmt.pix.pixelformat = mode.format.code
        // A length that belongs to the library's choice would become padding of ours.
        source.fmt.pix.bytesperline = 0
        self.library = library
        self.source = source
        self.target = target
        self.layout = layout
        converted = [UInt8](repeating: 0, count: max(layout.requiredBytes, Int(target.fmt.pix.sizeimage)))
    }

    deinit { v4lconvert_destroy(library) }

    private static let planar = FourCC(code: 0x3231_5559)  // YU12

    /// Takes what the camera made of `cameraFormat`, if its pictures are as large as was agreed and their rows have no padding,
    /// which the library minds in some formats only.
    func accepts(_ pixels: v4l2_pix_format) -> Bool {
        source.fmt.pix = pixels
        guard let needed = FourCC(code: pixels.pixelformat).convertedBytes(width: layout.width, height: layout.height),
            Int(pixels.width) == layout.width, Int(pixels.height) == layout.height
        else { return false }
        requiredBytes = needed.picture
        return Int(pixels.bytesperline) == needed.row
    }

    func convert(_ bytes: UnsafeMutableRawBufferPointer, into frame: Frame) throws(CaptureError) {
        guard bytes.count >= requiredBytes else {
            throw .badImage(file: "a frame", reason: "\(bytes.count) of \(requiredBytes) bytes")
        }
        let room = Int32(clamping: converted.count)
        let count = converted.withUnsafeMutableBufferPointer { target in
            v4lconvert_convert(
                library, &source, &self.target, bytes.assumingMemoryBound(to: UInt8.self).baseAddress,
                Int32(clamping: bytes.count), target.baseAddress, room)
        }
        guard count >= 0 else {
            throw .badImage(file: "a frame", reason: String(cString: v4lconvert_get_error_message(library)))
        }
        let isWhole = converted.withUnsafeBytes {
            frame.take(UnsafeRawBufferPointer(rebasing: $0[0..<min(Int(count), $0.count)]), layout)
        }
        guard isWhole else { throw .badImage(file: "a frame", reason: "\(count) of \(layout.requiredBytes) bytes") }
    }
}
