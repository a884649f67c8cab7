import Attendance
import Database
import Dispatch
import FoundationEssentials
import Synchronization

/// Logging in, staying logged in, and passwords.
struct Logins: Sendable {
    let database: DatabaseThread
    let tokens: AccessTokens
    let cost: PasswordHash.Cost
    private let hashing = HashingThread()
    /// What a password is tried against where there is no account, so that an answer takes as long as any other.
    private let nobody: PasswordHash

    init(database: DatabaseThread, tokens: AccessTokens, cost: PasswordHash.Cost = .standard) throws(ServerError) {
        self.database = database
        self.tokens = tokens
        self.cost = cost
        nobody = try PasswordHash(of: try Password(chosen: SecretToken.make(.passwordReset).text), cost: cost)
    }

    /// How many passwords were hashed since the start.
    var hashes: Int { hashing.count.withLock { $0 } }

    /// What a login gives.
    struct Grant: Sendable, Equatable {
        let access: String
        let refresh: SecretToken
        let person: UUID
        let session: UUID
    }

    /// Logs somebody in; nil for a wrong address or a wrong password, which takes the same time.
    /// - Parameters:
    ///   - sender: the network that asks, here and below; 503 where it has too many passwords waiting.
    ///   - lasting: how long the session lasts without being refreshed, in milliseconds.
    func login(
        email: String, password: String, from sender: String = "", lasting: Int64 = SessionStore.lifetime, now: Instant
    ) async throws -> Grant? {
        let address = EmailAddress.normalised(email)
        let found = try await database.run { database throws(ServerError) in
            try address.map { address throws(ServerError) in try database.passwords.find(email: address) } ?? nil
        }
        let given = Password(given: password)
        let stored = found?.hash ?? nobody
        let tried = try given ?? Password(chosen: String(repeating: "-", count: Password.lengths.lowerBound))
        let isRight = try await hashing.run(for: sender) { () throws(ServerError) in try stored.matches(tried) }
        guard isRight, let found, let given else { return nil }
        if stored.cost != cost {
            let renewed = try await hash(given, from: sender)
            try await database.run { database throws(ServerError) in
                try database.passwords.upgrade(found.person, from: stored, to: renewed)
            }
        }
        let opened = try await database.run { database throws(ServerError) in
            try database.sessions.open(found.person, lasting: lasting, now: now)
        }
        return try await grant(opened, now: now)
    }

    /// Goes on with a session.
    func refresh(_ token: SecretToken, now: Instant) async throws -> (grant: Grant?, stolen: UUID?) {
        let refreshed = try await database.run { database throws(ServerError) in
            try database.sessions.refresh(token, now: now)
        }
        switch refreshed {
        case .unknown: return (nil, nil)
        case .reused(let person, _): return (nil, person)
        case .renewed(let opened): return (try await grant(opened, now: now), nil)
        }
    }

    /// Whether this is the password of the person.
    func isPassword(_ text: String, of person: UUID, from sender: String = "") async throws -> Bool {
        let stored = try await database.run { database throws(ServerError) in try database.passwords.find(person) }
        guard let stored, let given = Password(given: text) else { return false }
        return try await hashing.run(for: sender) { () throws(ServerError) in try stored.matches(given) }
    }

    /// The hash of a new password.
    func hash(_ password: Password, from sender: String = "") async throws -> PasswordHash {
        try await hashing.run(for: sender) { [cost] () throws(ServerError) in
            try PasswordHash(of: password, cost: cost)
        }
    }

    /// Who sent this access token.
    func caller(_ token: String, now: Instant) async throws -> Caller? {
        guard let login = await tokens.read(token, now: now) else { return nil }
        return try await database.run { database throws(ServerError) in
            try database.sessions.caller(person: login.person, session: login.session, now: now)
        }
    }

    private func grant(_ opened: SessionStore.Opened, now: Instant) async throws -> Grant {
        let access = try await tokens.make(person: opened.person, session: opened.session, now: now)
        return Grant(access: access, refresh: opened.refresh, person: opened.person, session: opened.session)
    }
}

/// Hashes one password after another, away from everything else: each takes 32 MiB and a tenth of a second of a core. The
/// line is short, so that whoever floods it has others sent away for a moment and nobody wait for minutes.
private final class HashingThread: Sendable {
    let count = Mutex(0)
    private let queue = DispatchQueue(label: "rollcall.passwords", qos: .utility)
    private let places = FairPlaces(together: 128, each: 48)

    func run<Result: Sendable>(
        for sender: String, _ body: @escaping @Sendable () throws(ServerError) -> Result
    ) async throws -> Result {
        try await places.hold(for: sender, otherwise: .crowded) {
            count.withLock { $0 += 1 }
            return try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    do throws(ServerError) {
                        continuation.resume(returning: try body())
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        }
    }
}

extension Problem {
    static let crowded = Problem(
        status: .serviceUnavailable, detail: "Many people log in at this moment. Try again in a few seconds.",
        headers: [.retryAfter: "5"])
}
