import Faces

/// Can the Haar cascade be read, and is it one that can be used? Asked where the detector that is configured needs it.
struct CascadeCheck {
    var path: String
    /// Why the daemon would refuse it; nil when it would not.
    var problem: FaceError?

    /// Reads the cascade as the daemon does; some milliseconds.
    init(_ path: String) {
        self.path = path
        do throws(FaceError) { _ = try HaarDetector(cascade: path) } catch { problem = error }
    }

    var finding: Finding {
        let name = "Haar cascade"
        switch problem {
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
