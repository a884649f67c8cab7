import CV4L2
import Glibc

/// An open capture device: the questions that are asked of its driver before it streams.
final class V4L2Device {
    let path: String
    let fd: Int32

    /// Opens a device and makes sure that it is a camera that streams.
    init(path: String) throws(CaptureError) {
        self.path = path
        fd = try DeviceFile.open(path)
        try requireCamera()
    }

    deinit { close(fd) }

    private func requireCamera() throws(CaptureError) {
        var capability = v4l2_capability()
        guard cv4l2_querycap(fd, &capability) == 0 else {
            throw .notACamera(device: path, reason: "it is not a video device")
        }
        let hasOwn = capability.capabilities & UInt32(V4L2_CAP_DEVICE_CAPS) != 0
        let abilities = hasOwn ? capability.device_caps : capability.capabilities
        if abilities & UInt32(V4L2_CAP_VIDEO_CAPTURE) == 0 {
            if abilities & UInt32(V4L2_CAP_VIDEO_CAPTURE_MPLANE) != 0 {
                throw .notACamera(
                    device: path, reason: "its driver has only the multi-planar interface, which is not supported")
            }
            throw .notACamera(
                device: path, reason: "it does not capture pictures (a camera's other nodes carry metadata)")
        }
        guard abilities & UInt32(V4L2_CAP_STREAMING) != 0 else {
            throw .notACamera(device: path, reason: "it does not stream")
        }
    }

    // A driver that never says "that was all" must not keep us for ever.
    private static let mostFormats: UInt32 = 128
    private static let mostSizes: UInt32 = 64
    private static let mostIntervals: UInt32 = 32

    /// All combinations that the driver offers and that are worth asking for.
    func modes(for options: CameraOptions) -> [CameraMode] {
        var modes: [CameraMode] = []
        for index in 0..<Self.mostFormats {
            var format = v4l2_fmtdesc()
            format.index = index
            format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
            guard cv4l2_enum_fmt(fd, &format) == 0 else { break }
            // Formats that only a library emulates are not the camera's.
            guard format.flags & UInt32(V4L2_FMT_FLAG_EMULATED) == 0 else { continue }
            let code = FourCC(code: format.pixelformat)
            for size in sizes(of: code, options) {
                let offered = intervals(of: code, size, options)
                let known: [FrameInterval?] = offered.isEmpty ? [nil] : offered
                modes += known.map { CameraMode(format: code, width: size.width, height: size.height, interval: $0) }
            }
        }
        return modes
    }

    private func sizes(of format: FourCC, _ options: CameraOptions) -> [(width: Int, height: Int)] {
        var sizes: [(width: Int, height: Int)] = []
        for index in 0..<Self.mostSizes {
            var size = v4l2_frmsizeenum()
            size.index = index
            size.pixel_format = format.code
            guard cv4l2_enum_framesizes(fd, &size) == 0 else { break }
            if size.type == V4L2_FRMSIZE_TYPE_DISCRETE.rawValue {
                sizes.append((Int(size.discrete.width), Int(size.discrete.height)))
                continue
            }
            let range = size.stepwise
            guard range.min_width <= range.max_width, range.min_height <= range.max_height else { break }
            return SizeRange(
                width: Int(range.min_width)...Int(range.max_width),
                height: Int(range.min_height)...Int(range.max_height),
                widthStep: Int(range.step_width), heightStep: Int(range.step_height)
            ).candidates(width: options.width, height: options.height)
        }
        // Old drivers do not say; they take the nearest size to what they are asked for.
        return sizes.isEmpty ? [(options.width ?? 640, options.height ?? 480)] : sizes
    }

    private func intervals(
        of format: FourCC, _ size: (width: Int, height: Int), _ options: CameraOptions
    ) -> [FrameInterval] {
        var intervals: [FrameInterval] = []
        for index in 0..<Self.mostIntervals {
            var interval = v4l2_frmivalenum()
            interval.index = index
            interval.pixel_format = format.code
            interval.width = UInt32(clamping: size.width)
            interval.height = UInt32(clamping: size.height)
            guard cv4l2_enum_frameintervals(fd, &interval) == 0 else { break }
            if interval.type == V4L2_FRMIVAL_TYPE_DISCRETE.rawValue {
                intervals.append(FrameInterval(interval.discrete))
                continue
            }
            let range = IntervalRange(
                shortest: FrameInterval(interval.stepwise.min), longest: FrameInterval(interval.stepwise.max))
            return range.candidates(framesPerSecond: options.framesPerSecond)
        }
        return intervals
    }

    /// Sets format and size.
    /// - Returns: what the driver made of it.
    func set(_ pixels: v4l2_pix_format) throws(CaptureError) -> v4l2_pix_format {
        var format = v4l2_format()
        format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        format.fmt.pix = pixels
        try check(cv4l2_s_fmt(fd, &format), "set the format of")
        return format.fmt.pix
    }

    /// Sets the time between frames where the driver lets us.
    /// - Returns: what the driver made of it; nil when it does not say.
    func set(_ wanted: FrameInterval?) -> FrameInterval? {
        var parameters = v4l2_streamparm()
        parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        guard cv4l2_g_parm(fd, &parameters) == 0 else { return wanted }
        if let wanted, parameters.parm.capture.capability & UInt32(V4L2_CAP_TIMEPERFRAME) != 0 {
            parameters.parm.capture.timeperframe = v4l2_fract(
                numerator: wanted.numerator, denominator: wanted.denominator)
            _ = cv4l2_s_parm(fd, &parameters)
        }
        let set = FrameInterval(parameters.parm.capture.timeperframe)
        return set.framesPerSecond > 0 ? set : wanted
    }

    /// Turns an errno into the error that an operator understands.
    func check(_ number: Int32, _ operation: String) throws(CaptureError) {
        switch number {
        case 0: return
        case EBUSY: throw .busy(device: path, holder: DeviceFile.holder(of: path))
        case ENODEV, ENXIO, EIO, EPIPE, EPROTO, ESHUTDOWN:
            throw .deviceLost(device: path, reason: "cannot \(operation) it: \(systemReason(number))")
        default: throw .io(operation: operation, path: path, reason: systemReason(number))
        }
    }
}

extension FrameInterval {
    init(_ fraction: v4l2_fract) { self.init(fraction.numerator, fraction.denominator) }
}
