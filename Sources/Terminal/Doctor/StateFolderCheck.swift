/// May the daemon keep its outbox and roster where it is told to, and nobody else read them?
struct StateFolderCheck {
    var facts: PathFacts
    /// The databases that are there.
    var files: [PathFacts] = []
    var user = PathFacts.thisUser
    /// A daemon that runs has opened its files there.
    var daemonRuns: Bool

    /// Facts of a test's making.
    init(facts: PathFacts, files: [PathFacts] = [], user: String = PathFacts.thisUser, daemonRuns: Bool) {
        self.facts = facts
        self.files = files
        self.user = user
        self.daemonRuns = daemonRuns
    }

    /// Looks at a folder and the databases in it.
    init(of path: String, daemonRuns: Bool) {
        self.init(
            facts: PathFacts(of: path), files: StateFolder.files.map { PathFacts(of: "\(path)/\($0)") },
            daemonRuns: daemonRuns)
    }

    var finding: Finding {
        let name = "state folder"
        let path = facts.path
        switch facts.kind {
        case .missing:
            return .failed(
                name, "\(path) does not exist",
                next: "systemd makes it (StateDirectory= of the unit); elsewhere: install -d -m 0700 \(path)")
        case .hidden(let reason):
            if daemonRuns { return .ok(name, "\(path): closed to \(user), and the daemon works in it") }
            return .warning(name, "\(path): \(reason) for \(user)", next: "run as root: sudo rollcallctl doctor")
        case .file, .device, .other:
            return .failed(name, "\(path) is not a folder", next: "correct state.directory, or remove what is there")
        case .folder: break
        }
        let state = "\(path), of \(facts.owner), mode \(facts.modeText)"
        if facts.mode & 0o002 != 0 {
            return .failed(name, "\(state): everybody may change it", next: "run: chmod o-rwx \(path)")
        }
        if !facts.isWritable && !daemonRuns {
            return .warning(
                name, "\(state): not writable for \(user)",
                next: "when the daemon runs as \(user): chown \(user) \(path); otherwise: sudo rollcallctl doctor")
        }
        // As after a start by hand: it is said here, where root asks, who may write everything.
        if let file = files.first(where: { $0.kind == .file && $0.owner != facts.owner }), !daemonRuns {
            return .warning(
                name, "\(file.path) is of \(file.owner), and its folder of \(facts.owner)",
                next: "when the daemon runs as \(facts.owner): chown -R \(facts.owner) \(path)")
        }
        return .ok(name, state)
    }
}
