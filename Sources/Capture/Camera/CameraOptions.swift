/// What is wanted of a camera. What is nil is chosen (`CameraMode.best`).
public struct CameraOptions: Sendable, Equatable {
    /// The device file; a name under `/dev/v4l/by-path` stays the same when another camera is attached.
    public var device: String
    /// Width in pixels.
    public var width: Int?
    /// Height in pixels.
    public var height: Int?
    /// Frames per second that are enough.
    public var framesPerSecond: Double
    /// Pixel format.
    public var format: FourCC?
    /// How long the camera may be silent before that is an error.
    public var frameTimeout: Duration

    /// Options with the values given.
    public init(
        device: String = "/dev/video0", width: Int? = nil, height: Int? = nil, framesPerSecond: Double = 15,
        format: FourCC? = nil, frameTimeout: Duration = .seconds(3)
    ) {
        self.device = device
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.format = format
        self.frameTimeout = frameTimeout
    }

    /// What is wanted, in words.
    public var wish: String {
        let size =
            width == nil && height == nil
            ? "" : "\(width.map(String.init) ?? "any")x\(height.map(String.init) ?? "any") "
        return "\(format?.description ?? "any format") \(size)at \(framesPerSecond) frames/s"
    }
}
