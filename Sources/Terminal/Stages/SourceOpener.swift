import Capture
import Logging
import Systemd

/// Makes the source that the configuration names.
struct SourceOpener {
    let camera: TerminalConfiguration.Camera
    let stop: StopSignal

    /// A camera outlives its loss; a file is opened at once, so that a wrong path is an error at the start.
    func open(
        onEvent: @escaping @Sendable (CaptureEvent) -> Void, onAttempt: @escaping () -> Void
    ) throws(CaptureError) -> any FrameSource {
        let path = camera.path ?? ""
        let pace: Pace = camera.pace == .realTime ? .realTime : .fullSpeed
        switch camera.source {
        case .y4m: return try Y4MStream(path: path, pace: pace, stop: stop)
        case .images:
            return try ImageFolder(path: path, framesPerSecond: camera.rate ?? 15, pace: pace, stop: stop)
        case .v4l2:
            let options = camera.options
            let stop = stop
            return ReconnectingSource(
                name: camera.device, stop: stop, darkAfter: camera.darkAfter, frozenAfter: camera.frozenAfter,
                onEvent: onEvent, onAttempt: onAttempt
            ) { () throws(CaptureError) in try V4L2Camera(options, stop: stop) }
        }
    }
}
