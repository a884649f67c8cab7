import Hummingbird
import NIOCore

/// What travels with one request: where it came from, and who sent it once that is known.
struct ServerRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the peer, without its port; `unknown` where there is no socket.
    let address: String
    /// What counts as one sender where requests are counted.
    let network: String
    /// Set by `TerminalAuthenticator`.
    var terminal: TerminalAccount?
    /// Set by `CallerAuthenticator`.
    var caller: Caller?
    /// Set by `PageAuthenticator`.
    var visitor: Visitor?

    init(source: Source) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "unknown"
        network = PeerNetwork.of(address)
    }

    /// The terminal that sent this request.
    /// - Throws: the problem 401 when the route is not behind the authenticator.
    func authenticatedTerminal() throws(Problem) -> TerminalAccount {
        guard let terminal else { throw .unauthorised }
        return terminal
    }
}
