import Attendance
import Database
import FoundationEssentials
import SyncProtocol
import Systemd

/// Why the terminal's token was not changed. The one before stays good.
public enum TokenError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The server made none.
    case notGranted(SyncError)
    /// It cannot be stored.
    case notStored(VaultError)

    /// What happened and the next step.
    public var description: String {
        switch self {
        case .notGranted(let error): "\(error)"
        case .notStored(let error): "it cannot be stored: \(error)"
        }
    }
}

/// Which token the terminal uses, and when it asks for the next one.
///
/// A new token is on the disk before it is used, and the server takes the old one until then: whatever is lost on the
/// way, one of the two is good. Should the server have forgotten the new one, as after its database was restored from a
/// backup, the one before is tried again.
public struct TokenKeeper: Sendable {
    /// How long a token is used, in milliseconds: 30 days.
    static let lifetime: Int64 = 30 * 86_400_000
    /// How long to wait after a change that failed, in milliseconds: a day.
    static let pause: Int64 = 86_400_000

    private let file: TokenFile
    private var stored: StoredToken
    private var isOther = false
    private var notBefore: Instant?

    /// Goes on with the token that follows `source`, or with `source` itself where none does.
    /// - Parameter source: the token that the operator has put there.
    public init(_ file: TokenFile, source: BearerToken) {
        self.file = file
        stored = file.read(source: source) ?? StoredToken(source: source, token: source)
    }

    /// The token to use now.
    public var current: BearerToken { isOther ? stored.previous ?? stored.token : stored.token }

    /// Another token that may be good, after the current one was refused; nil where there is none.
    mutating func takeOther() -> BearerToken? {
        guard stored.previous != nil else { return nil }
        isOther.toggle()
        return current
    }

    /// Whether it is time for the next token. The first time that is known begins the life of a token.
    /// - Parameter time: the server's.
    mutating func isDue(at time: Instant) throws(TokenError) -> Bool {
        if let notBefore, time < notBefore { return false }
        guard let since = stored.since else {
            var begun = stored
            begun.since = time
            try store(begun)
            return false
        }
        return time.milliseconds - since.milliseconds >= Self.lifetime
    }

    /// Stores the next token, to be used from now on.
    mutating func take(_ grant: TokenGrant, at time: Instant) throws(TokenError) -> BearerToken {
        let token: BearerToken
        do throws(SyncError) { token = try BearerToken(Redacted(grant.token)) } catch { throw .notGranted(error) }
        try store(StoredToken(source: stored.source, token: token, previous: current, since: time))
        isOther = false
        return token
    }

    /// Waits after a failure.
    mutating func putOff(at time: Instant) {
        notBefore = time.advanced(byMilliseconds: Self.pause)
    }

    private mutating func store(_ new: StoredToken) throws(TokenError) {
        do throws(VaultError) { try file.write(new) } catch { throw .notStored(error) }
        stored = new
    }
}
