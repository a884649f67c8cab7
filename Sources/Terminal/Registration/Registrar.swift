import Capture
import Configuration
import Database
import Glibc
import SyncProtocol

/// Registers the terminal at the central server with a one-time code, and stores the token that it gets.
public struct Registrar {
    private let configuration: TerminalConfiguration

    /// For the terminal that is configured so.
    public init(_ configuration: TerminalConfiguration) {
        self.configuration = configuration
    }

    /// Where the token goes.
    public var tokenFile: String { configuration.server.tokenFile }

    /// Sends the code over TLS, and puts the token into the token file, whole or not at all, mode 0600. A file that is
    /// there is replaced.
    /// - Returns: the terminal's name on the server.
    public func register(code: String) throws(RegistrationError) -> String {
        let request = RegistrationRequest(code: code)
        do throws(SyncProtocolError) { try request.validate() } catch { throw .badCode }
        // The code is good once: it is not sent before there is a place for the token.
        try checkPlace()
        let grant = try ask(request)
        do throws(VaultError) {
            try SecretFile.replace(tokenFile, Array("\(grant.token)\n".utf8))
        } catch { throw .notStored(error) }
        return ForeignText.clean(grant.name)
    }

    private func checkPlace() throws(RegistrationError) {
        let folder = tokenFile.lastIndex(of: "/").map { tokenFile[..<$0] }.flatMap { $0.isEmpty ? "/" : String($0) }
        guard access(folder ?? ".", W_OK | X_OK) == 0 else {
            throw .noPlace(file: tokenFile, reason: "its folder is missing or closed to this user; run it with sudo")
        }
        var status = stat()
        guard lstat(tokenFile, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
            throw .noPlace(file: tokenFile, reason: "it is not a file; remove it, or correct server.token_file")
        }
    }

    private func ask(_ request: RegistrationRequest) throws(RegistrationError) -> TokenGrant {
        let server = configuration.server
        do throws(SyncError) {
            if let file = server.certificateAuthorityFile, AuthorityFile.problem(file) != nil {
                throw .certificate(AuthorityFile.refusal(of: file))
            }
            let link = ServerLink(
                address: try ServerAddress(server.url), token: nil, authorityFile: server.certificateAuthorityFile,
                userAgent: "rollcallctl/\(terminalVersion)")
            let stop: StopSwitch
            do throws(ThreadError) { stop = try StopSwitch() } catch { throw .storage("\(error)") }
            let client = try HTTPSClient(
                link: link, limits: TransferLimits(connect: server.connectTimeout, total: .seconds(30)), stop: stop)
            return try ServerConversation(client: client).register(request).message
        } catch {
            if case .unauthorised = error { throw .codeRefused }
            throw .notGranted(error)
        }
    }
}

/// Why a terminal was not registered.
public enum RegistrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was given cannot be a code.
    case badCode
    /// The token cannot be stored. Nothing was sent.
    case noPlace(file: String, reason: String)
    /// The server does not take the code.
    case codeRefused
    /// The server gave no token.
    case notGranted(SyncError)
    /// The token could not be stored, and the code is used.
    case notStored(VaultError)

    /// What, where and the next step, in one line.
    public var description: String {
        let again = "make a new one on the server: rollcall-server terminal renew NAME --code"
        return switch self {
        case .badCode: "this cannot be a registration code; give it as the server has shown it"
        case .noPlace(let file, let reason): "\(file): \(reason) (nothing was sent, the code is still good)"
        case .codeRefused: "the server does not take this code: it is wrong, used or older than a day; \(again)"
        case .notGranted(let error): "\(error)"
        case .notStored(let error): "the token was not stored: \(error); then the code is used up: \(again)"
        }
    }
}
