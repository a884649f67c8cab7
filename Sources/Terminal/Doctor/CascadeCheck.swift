import Faces

/// Can the Haar cascade be read, and is it one that can be used? Asked where the detector that is configured needs it.
struct CascadeCheck {
    var path: String
    /// Why the daemon would refuse it; nil when it would not.
    var problem: FaceError?
    /// What speaks against it where the daemon takes it.
    var doubt: String?

    /// Reads the cascade as the daemon does; some milliseconds.
    init(_ path: String) {
        self.path = path
        do throws(FaceError) { doubt = try HaarDetector(cascade: path).doubt } catch { problem = error }
    }

    var finding: Finding {
        let name = "Haar cascade"
        switch problem {
        case nil where doubt != nil:
            return .warning(
                name, "\(path) can be read, but may find no faces, or what is none: \(doubt ?? "")",
                next: "set recognition.haar_cascade to one for faces from the front: \(HaarDetector.standardCascade)")
        case nil: return .ok(name, "\(path) can be read and used")
        case .badCascade(_, let reason):
            return .failed(name, "\(path): \(reason)", next: "\(remedy), then: systemctl restart rollcalld")
        case let problem?: return .failed(name, problem.description, next: "report it with this output")
        }
    }

    private var remedy: String {
        let package = "apt-get install --reinstall opencv-data"
        return path == HaarDetector.standardCascade
            ? "run: \(package)"
            : "correct recognition.haar_cascade, or remove it and run: \(package), which brings the usual one"
    }
}
