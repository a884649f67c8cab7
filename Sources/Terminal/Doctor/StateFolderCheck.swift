/// May the daemon keep its outbox and roster where it is told to, and nobody else read them?
struct StateFolderCheck {
    var facts: PathFacts
    var user = PathFacts.thisUser
    /// A daemon that runs has opened its files there.
    var daemonRuns: Bool

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
        return .ok(name, state)
    }
}
