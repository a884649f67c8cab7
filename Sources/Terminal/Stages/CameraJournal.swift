import Capture
import Logging
import Systemd

/// Writes a camera's changes of state to the log and to the status board.
struct CameraJournal: Sendable {
    let board: StatusBoard
    let logger: Logger

    func note(_ event: CaptureEvent) {
        switch event {
        case .opened(let description): opened(description)
        case .state(let state): changed(to: state)
        }
    }

    func opened(_ description: SourceDescription) {
        board.update { facts in
            facts.camera.name = description.name
            facts.camera.format = description.format
            facts.camera.width = description.width
            facts.camera.height = description.height
            facts.camera.framesPerSecond = description.framesPerSecond
            facts.camera.state = .ok
            facts.camera.reason = nil
        }
        // Pictures of a folder may differ in size, and none has been read yet.
        let size = description.width > 0 ? " \(description.width)x\(description.height)" : ""
        logger.log(
            .cameraFound, .info,
            """
            frames from \(description.name): \(description.format)\(size) at \
            \(description.framesPerSecond) frames/s
            """,
            metadata: ["camera": "\(description.name)"])
    }

    func ended() {
        board.update { $0.camera.state = .ended }
    }

    private func changed(to state: CameraState) {
        let (id, level, shown) = Self.kind(of: state)
        board.update { facts in
            facts.camera.state = shown
            facts.camera.reason = shown == .ok || shown == .starting ? nil : state.description
        }
        logger.log(id, level, "\(state)", metadata: ["camera_state": "\(state.name)"])
    }

    private static func kind(of state: CameraState) -> (MessageID, Logger.Level, CameraStatus.State) {
        switch state {
        case .opening: (.cameraOK, .info, .starting)
        case .ok: (.cameraOK, .info, .ok)
        case .dark: (.cameraDark, .warning, .dark)
        case .frozen: (.cameraFrozen, .warning, .frozen)
        case .noFrames: (.cameraLost, .error, .noFrames)
        case .lost: (.cameraLost, .error, .lost)
        }
    }
}
