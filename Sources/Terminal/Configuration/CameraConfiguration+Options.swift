import Capture

extension TerminalConfiguration.Camera {
    /// What is wanted of a V4L2 camera.
    public var options: CameraOptions {
        CameraOptions(
            device: device, width: size?.width, height: size?.height, framesPerSecond: rate ?? 15,
            format: format.flatMap { FourCC($0) }, frameTimeout: noFramesAfter)
    }
}
