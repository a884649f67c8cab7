import CV4L2
import Glibc

/// A camera behind Linux' V4L2 driver interface, streaming into mapped memory.
///
/// The camera is a hostile peripheral: no call here waits for longer than it was told to, and no length that a driver or a camera
/// states is believed. After an error the camera is to be closed and opened anew; `ReconnectingSource` does that.
public final class V4L2Camera: FrameSource {
    /// What the camera delivers, as negotiated.
    public let description: SourceDescription
    /// What became of the frames since the camera was opened.
    public private(set) var counters = FrameCounters()

    private let device: String
    private let fd: Int32
    private let timeout: Duration
    private let stop: StopSignal?
    private let reader: PictureReader
    private var queue: V4L2Queue?
    private var driverSequence: UInt32?
    private var sequence: UInt64 = 0
    private var lastDamage: CaptureError?

    /// Opens a camera, chooses its mode (`CameraMode.best`) and starts to stream.
    /// - Throws: `noSuchDevice`, `notACamera`, `busy`, `noPermission`, `formatNotSupported`, `deviceLost` or `io`.
    public init(_ options: CameraOptions, stop: StopSignal? = nil) throws(CaptureError) {
        let opened = try V4L2Device(path: options.device)
        let negotiation = try Negotiation(opened, options)
        let queue = try V4L2Queue(device: opened)
        reader = try negotiation.reader(largestBuffer: queue.largest)
        description = negotiation.description
        device = options.device
        fd = opened.fd
        timeout = options.frameTimeout
        self.queue = queue
        self.stop = stop
    }

    /// What a camera offers, for an operator who must choose.
    /// - Throws: as the initialiser.
    public static func modes(of options: CameraOptions) throws(CaptureError) -> [CameraMode] {
        try V4L2Device(path: options.device).modes(for: options)
    }

    /// Waits for the newest whole frame. Older ones are dropped, those before `earliest` passed over, damaged ones skipped;
    /// all are counted.
    /// - Throws: `noFrames` or `damagedFrames` after `CameraOptions.frameTimeout`, `deviceLost` or `io` at once.
    public func next(into frame: Frame, notBefore earliest: Duration) throws(CaptureError) -> Bool {
        guard let queue else { return false }
        var deadline = BootClock.now + timeout
        lastDamage = nil
        while true {
            switch waitUntilReadable(fd, for: max(deadline - BootClock.now, .zero), or: stop) {
            case .stopped: return false
            case .timedOut: throw silence
            // A driver whose device is gone says so here; taking a frame tells why.
            case .failed, .readable: break
            }
            guard let filled = try newest(of: queue) else {
                guard BootClock.now < deadline else { throw silence }
                try requireAlive()
                continue
            }
            let time = bootTime(of: filled)
            guard time >= earliest else {
                counters.passedOver += 1
                // A camera whose frames are not wanted is not silent.
                deadline = BootClock.now + timeout
                try queue.queue(filled.index)
                continue
            }
            let damage = reader.read(filled.bytes, into: frame)
            try queue.queue(filled.index)
            guard damage == nil else {
                counters.skipped += 1
                lastDamage = damage
                guard BootClock.now < deadline else { throw silence }
                continue
            }
            frame.sequence = sequence - 1
            frame.bootTime = time
            counters.delivered += 1
            return true
        }
    }

    /// Stops streaming and gives buffers and device back.
    public func close() { queue = nil }

    /// Empties the driver's queue; all but the newest whole frame go back at once.
    private func newest(of queue: V4L2Queue) throws(CaptureError) -> V4L2Queue.Filled? {
        var newest: V4L2Queue.Filled?
        while let filled = try queue.dequeue() {
            count(filled.sequence)
            if filled.isDamaged || filled.bytes.isEmpty {
                counters.skipped += 1
                lastDamage = .badImage(file: "a frame", reason: "the driver says that it is damaged")
                try queue.queue(filled.index)
                continue
            }
            if let older = newest {
                counters.dropped += 1
                try queue.queue(older.index)
            }
            newest = filled
        }
        return newest
    }

    /// Counts a frame, and those before it that the driver had no buffer for. Drivers that do not number their frames say 0.
    private func count(_ number: UInt32) {
        if let last = driverSequence, number > last {
            counters.dropped += UInt64(number - last - 1)
            sequence += UInt64(number - last)
        } else {
            sequence += 1
        }
        driverSequence = number
    }

    /// The poll said that something is there, and nothing was: an unplugged device does that for ever.
    private func requireAlive() throws(CaptureError) {
        var watched = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 0) > 0, watched.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 else { return }
        throw .deviceLost(device: device, reason: "its driver has stopped")
    }

    private func bootTime(of filled: V4L2Queue.Filled) -> Duration {
        let now = BootClock.now
        guard let monotonic = filled.monotonicTime else { return now }
        let time = monotonic + BootClock.offsetFromMonotonic
        // Some drivers stamp nonsense; a frame is neither from the future nor older than our patience.
        return time <= now && time > now - max(timeout, .seconds(1)) ? time : now
    }

    private var silence: CaptureError {
        let seconds = Int(timeout.components.seconds)
        guard case .badImage(_, let reason) = lastDamage else { return .noFrames(device: device, seconds: seconds) }
        return .damagedFrames(device: device, seconds: seconds, reason: reason)
    }
}

/// The mode that was chosen, and what the driver made of it.
private struct Negotiation {
    private let device: V4L2Device
    private let pixels: v4l2_pix_format
    private let foreign: ForeignFormat?
    let description: SourceDescription

    init(_ device: V4L2Device, _ options: CameraOptions) throws(CaptureError) {
        let modes = device.modes(for: options)
        guard let mode = CameraMode.best(of: modes, for: options) else {
            let offered = CameraMode.offers(modes, for: options)
            throw .formatNotSupported(device: device.path, wanted: options.wish, offered: offered)
        }
        var wanted = v4l2_pix_format()
        wanted.width = UInt32(mode.width)
        wanted.height = UInt32(mode.height)
        wanted.pixelformat = mode.format.code
        wanted.field = V4L2_FIELD_NONE.rawValue
        let foreign =
            NativeFormat(mode.format) == nil
            ? try ForeignFormat(device: device, mode: mode) : nil
        let pixels = try device.set(foreign?.cameraFormat ?? wanted)
        let isAsWanted =
            foreign?.accepts(pixels) ?? true
            && pixels.pixelformat == foreign?.cameraFormat.pixelformat ?? mode.format.code
            && (16...8192).contains(pixels.width) && (16...8192).contains(pixels.height)
            && (options.width ?? Int(pixels.width)) == Int(pixels.width)
            && (options.height ?? Int(pixels.height)) == Int(pixels.height)
        guard isAsWanted else {
            let offered = CameraMode.offers(modes, for: options)
            throw .formatNotSupported(device: device.path, wanted: mode.description, offered: offered)
        }
        let rate = device.set(mode.interval)?.framesPerSecond ?? 0
        description = SourceDescription(
            name: device.path, width: Int(pixels.width), height: Int(pixels.height), framesPerSecond: rate,
            format: FourCC(code: pixels.pixelformat).description, isLive: true)
        self.device = device
        self.pixels = pixels
        self.foreign = foreign
    }

    func reader(largestBuffer: Int) throws(CaptureError) -> PictureReader {
        if let foreign { return .foreign(foreign) }
        let (width, height) = (Int(pixels.width), Int(pixels.height))
        let format = NativeFormat(FourCC(code: pixels.pixelformat))
        if format == .mjpeg || format == .jpeg {
            return .jpeg(width: width, height: height, room: largestBuffer, JPEGDecoder())
        }
        let fullRange =
            pixels.quantization == V4L2_QUANTIZATION_FULL_RANGE.rawValue
            || pixels.colorspace == V4L2_COLORSPACE_JPEG.rawValue
        guard let format,
            let layout = RawLayout(
                format, width: width, height: height, stride: Int(pixels.bytesperline), fullRange: fullRange),
            layout.requiredBytes <= largestBuffer
        else {
            throw .io(
                operation: "capture from", path: device.path,
                reason:
                    "the driver states \(pixels.bytesperline) bytes a row and \(largestBuffer) a frame for \(description.format)"
            )
        }
        return .raw(layout)
    }
}
