/// Does the server know this terminal?
struct TokenCheck {
    enum Answer: Equatable {
        case accepted
        /// The token cannot be read here (why), and nothing was sent.
        case unreadable(String)
        /// The server was not trusted, so that nothing was sent.
        case notAsked
        case refused(SyncError)
    }

    var answer: Answer
    /// How the daemon's own exchanges go; nil when the daemon does not run.
    var daemon: SyncStatus.State?

    var finding: Finding {
        let name = "token"
        let renew =
            "on the server: rollcall-server terminal renew NAME --code (terminal add NAME --code if terminal list does not "
            + "have it); here: rollcallctl register --code CODE, then: systemctl restart rollcalld"
        switch answer {
        case .accepted: return .ok(name, "the server accepts it")
        case .unreadable where daemon == .ok: return .ok(name, "the server accepts the daemon's")
        case .unreadable(let reason):
            return .warning(
                name, "it cannot be tried: \(reason)",
                next: "run as root with the token in server.token_file, or start the daemon")
        case .notAsked:
            return .warning(
                name, "it was not sent: the server is not reached or not trusted", next: "see the row of the server")
        case .refused(.unauthorised):
            return .failed(name, "the server does not know it (401)", next: renew)
        case .refused(.forbidden), .refused(.gone):
            return .failed(name, "the server refuses this terminal; it was removed there", next: renew)
        case .refused(let error):
            return .failed(name, error.description, next: "on the server: journalctl -u rollcall-server -n 50")
        }
    }
}
