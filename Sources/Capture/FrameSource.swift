/// Where frames come from: a camera, a stream or a folder of images.
///
/// A source belongs to the thread that calls it. Another thread ends a wait with the `StopSignal` the source was made with.
public protocol FrameSource: AnyObject {
    /// What the source is and delivers.
    var description: SourceDescription { get }

    /// What became of the frames so far.
    var counters: FrameCounters { get }

    /// Waits for the newest frame and writes it into `frame`, whose buffers are used again.
    /// - Parameter earliest: a frame that was captured before this moment, on the clock of `Frame.bootTime`, is passed over
    ///   before it is decoded.
    /// - Returns: false at the end of a finite source, and after a stop or `close()`.
    /// - Throws: what went wrong; a camera must then be opened anew (`ReconnectingSource` does), a file has ended.
    func next(into frame: Frame, notBefore earliest: Duration) throws(CaptureError) -> Bool

    /// Gives everything back to the system. May be called more than once.
    func close()
}

extension FrameSource {
    /// Waits for the newest frame, whenever it was captured.
    public func next(into frame: Frame) throws(CaptureError) -> Bool { try next(into: frame, notBefore: .zero) }
}

/// What a source is, for logs, `/status` and the pipeline's arithmetic.
public struct SourceDescription: Sendable, Equatable {
    /// The device or file.
    public var name: String
    /// Width of the (first) frame in pixels; 0 while unknown.
    public var width: Int
    /// Height of the (first) frame in pixels; 0 while unknown.
    public var height: Int
    /// Frames per second that are to be expected; 0 while unknown.
    public var framesPerSecond: Double
    /// Pixel format, such as `YUYV`, `MJPG` or `Y4M 420`.
    public var format: String
    /// Whether frames come from the world now, so that silence or stillness means a fault.
    public var isLive: Bool

    /// A description from its parts.
    public init(name: String, width: Int, height: Int, framesPerSecond: Double, format: String, isLive: Bool) {
        self.name = name
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.format = format
        self.isLive = isLive
    }
}

/// What became of the frames of a source since it was opened.
public struct FrameCounters: Sendable, Equatable {
    /// Frames handed out.
    public var delivered: UInt64
    /// Whole frames that were captured before one was wanted.
    public var passedOver: UInt64
    /// Whole frames not handed out because a newer one was there.
    public var dropped: UInt64
    /// Damaged frames.
    public var skipped: UInt64

    /// Counters with the values given.
    public init(delivered: UInt64 = 0, passedOver: UInt64 = 0, dropped: UInt64 = 0, skipped: UInt64 = 0) {
        self.delivered = delivered
        self.passedOver = passedOver
        self.dropped = dropped
        self.skipped = skipped
    }

    static func + (left: FrameCounters, right: FrameCounters) -> FrameCounters {
        FrameCounters(
            delivered: left.delivered + right.delivered, passedOver: left.passedOver + right.passedOver,
            dropped: left.dropped + right.dropped, skipped: left.skipped + right.skipped)
    }
}

/// How fast a file is played.
public enum Pace: Sendable, Equatable {
    /// As fast as frames are asked for; none is dropped.
    case fullSpeed
    /// At the file's rate; a frame that is late by more than its duration is dropped and counted, as a camera would.
    case realTime
}
