import Capture

/// Is the camera there, may it be used, and does it offer what is wanted?
struct CameraCheck {
    var options: CameraOptions
    /// What the camera offers, asked without disturbing the daemon that streams from it.
    var offered: Result<[CameraMode], CaptureError>
    /// What the daemon says of its camera; nil when the daemon does not run.
    var daemon: CameraStatus?
    var user = PathFacts.thisUser

    private let name = "camera"

    /// Facts of a test's making.
    init(
        options: CameraOptions, offered: Result<[CameraMode], CaptureError>, daemon: CameraStatus?,
        user: String = PathFacts.thisUser
    ) {
        self.options = options
        self.offered = offered
        self.daemon = daemon
        self.user = user
    }

    /// Asks the camera.
    init(options: CameraOptions, daemon: CameraStatus?) {
        let offered: Result<[CameraMode], CaptureError>
        do throws(CaptureError) {
            offered = .success(try V4L2Camera.modes(of: options))
        } catch {
            offered = .failure(error)
        }
        self.init(options: options, offered: offered, daemon: daemon)
    }

    var finding: Finding {
        if let daemon, let trouble = Self.trouble(of: daemon, name: name) { return trouble }
        switch offered {
        case .success(let modes): return finding(modes)
        case .failure(let error): return finding(error)
        }
    }

    /// What the daemon itself says is wrong: it has looked longer than we do.
    static func trouble(of camera: CameraStatus, name: String) -> Finding? {
        let found = camera.reason ?? "the daemon says: \(camera.state.rawValue)"
        switch camera.state {
        case .ok, .starting, .ended: return nil
        case .dark:
            return .failed(
                name, found,
                next: "take the cover off, or light the door; see a picture: systemctl stop rollcalld; "
                    + "rollcallctl camera --picture seen.png")
        case .frozen: return .failed(name, found, next: "unplug the camera and plug it in again")
        case .noFrames: return .failed(name, found, next: "check its cable and power; see: dmesg | tail")
        // There are many reasons, and each names its own step.
        case .lost: return .failed(name, found, next: "do that; for more see: dmesg | tail; v4l2-ctl --list-devices")
        }
    }

    private func finding(_ modes: [CameraMode]) -> Finding {
        let summary = modes.isEmpty ? "nothing" : CameraMode.summary(of: modes).joined(separator: ", ")
        let offers = "\(options.device) offers \(summary)"
        guard let best = CameraMode.best(of: modes, for: options) else {
            return .failed(
                name, "\(offers), and not what the configuration asks for",
                next: "correct format, width and height in [camera], or remove them to have the best taken")
        }
        if let daemon, daemon.state == .ok {
            return .ok(
                name,
                "\(options.device): the daemon reads \(daemon.format) \(daemon.width)x\(daemon.height); "
                    + "offered: \(summary)")
        }
        return .ok(name, "\(offers); \(best) would be taken")
    }

    private func finding(_ error: CaptureError) -> Finding {
        if let daemon, daemon.state == .ok {
            return .ok(name, "\(options.device): the daemon reads \(daemon.format) \(daemon.width)x\(daemon.height)")
        }
        let device = options.device
        switch error {
        case .noSuchDevice(_, let present):
            let others = present.isEmpty ? "and no other camera" : "present: " + present.joined(separator: ", ")
            return .failed(
                name, "no camera \(device) (\(others))",
                next: "attach it, or name another one in camera.device; see: v4l2-ctl --list-devices")
        case .noPermission(_, let group?):
            return .failed(
                name, "\(user) may not open \(device); the group \(group) may",
                next: "usermod -aG \(group) USER and log in anew, or: sudo rollcallctl doctor; "
                    + "the unit needs SupplementaryGroups=\(group)")
        case .noPermission(_, nil):
            return .failed(name, "\(user) may not open \(device)", next: "run as root: sudo rollcallctl doctor")
        case .busy(_, let holder):
            return .failed(
                name, "\(device) is in use by \(holder ?? "another program")",
                next: "stop that program; find it with: sudo fuser -v \(device)")
        default:
            return .failed(name, error.description, next: "see: dmesg | tail; v4l2-ctl --list-devices")
        }
    }
}

/// Is the file or folder that is played in place of a camera there?
struct SourceCheck {
    /// Nil for standard input.
    var facts: PathFacts?
    var wantsFolder: Bool
    var daemon: CameraStatus?

    var finding: Finding {
        let name = "camera"
        if let daemon, let trouble = CameraCheck.trouble(of: daemon, name: name) { return trouble }
        guard let facts else { return .ok(name, "standard input of the daemon is played") }
        let wanted = wantsFolder ? "folder of images" : "Y4M stream"
        let isThere = facts.kind == .folder ? wantsFolder : facts.kind != .missing && !wantsFolder
        guard isThere, facts.isReadable else {
            return .failed(
                name, "the \(wanted) \(facts.path) is not there, or may not be read by \(PathFacts.thisUser)",
                next: "correct camera.path, or set camera.source = \"v4l2\"")
        }
        return .ok(name, "the \(wanted) \(facts.path) is played")
    }
}
