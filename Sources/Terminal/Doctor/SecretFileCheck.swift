/// Is a file with a secret there, of the right size, and closed to others?
struct SecretFileCheck {
    var name: String
    var facts: PathFacts
    /// Bytes that the file must have; nil for any number but none.
    var size: Int64?
    /// What is wrong with what a readable file holds.
    var contentProblem: String?
    /// What makes a new one.
    var remedy: String
    var user = PathFacts.thisUser
    /// A daemon that runs has read its secrets.
    var daemonRuns: Bool

    var finding: Finding {
        let path = facts.path
        switch facts.kind {
        case .missing where daemonRuns:
            return .ok(name, "\(path) does not exist; the daemon has a credential from elsewhere")
        case .missing:
            return .failed(name, "\(path) does not exist", next: remedy)
        case .hidden(let reason):
            if daemonRuns { return .ok(name, "\(path): closed to \(user), and the daemon has read it") }
            return .warning(name, "\(path): \(reason) for \(user)", next: "run as root: sudo rollcallctl doctor")
        case .folder, .device, .other:
            return .failed(name, "\(path) is not a file", next: "remove it; \(remedy)")
        case .file: break
        }
        let state = "\(path), of \(facts.owner), mode \(facts.modeText)"
        if facts.mode & 0o007 != 0 {
            return .failed(name, "\(state): every user may use it", next: "run: chmod 0600 \(path)")
        }
        if let size, facts.size != size {
            return .failed(name, "\(path) has \(facts.size) bytes instead of \(size)", next: remedy)
        }
        if facts.size == 0 { return .failed(name, "\(path) is empty", next: remedy) }
        if facts.isReadable, let contentProblem {
            return .failed(name, "\(path): \(contentProblem)", next: remedy)
        }
        return .ok(name, state)
    }
}
