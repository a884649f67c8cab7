import Attendance
import Logging
import Synchronization

/// Requests for a new password. They are only taken down here and looked up later, by `answer`: so an address that somebody
/// has and one that nobody has are answered the same, in the same time.
final class ForgottenPasswords: Sendable {
    private let addresses: AsyncStream<String>
    private let inbox: AsyncStream<String>.Continuation
    private let windows: Mutex<(networks: FailureWindows, addresses: FailureWindows)>

    /// Letters about a forgotten password that one person gets in an hour, whatever is asked for.
    static let lettersPerHour = 5

    init(
        networks: FailureWindows.Limits = .init(failures: 20, window: .seconds(900)),
        addresses: FailureWindows.Limits = .init(failures: 3, window: .seconds(900))
    ) {
        // What does not fit is forgotten: whoever gets no letter asks again.
        (self.addresses, inbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1000))
        windows = Mutex((FailureWindows(limits: networks), FailureWindows(limits: addresses)))
    }

    /// Takes a request down.
    /// - Parameter address: that of the peer.
    /// - Returns: seconds to wait where its network has asked too often; nil otherwise, also when the letter will not be
    ///   sent because too many were asked for.
    func ask(_ email: String, from address: String) -> Int? {
        let network = PeerNetwork.of(address)
        let (wait, isWanted) = windows.withLock { windows -> (Int?, Bool) in
            if case .tooMany(let wait, _) = windows.networks.record(address: network, now: .now) {
                return (wait, false)
            }
            return (nil, windows.addresses.record(address: email, now: .now) == .counted)
        }
        if isWanted { inbox.yield(email) }
        return wait
    }

    /// Puts a letter into the queue for each request of somebody, until `finish`.
    func answer(_ database: DatabaseThread, logger: Logger) async {
        for await email in addresses {
            do {
                try await database.runPatiently { database throws(ServerError) in
                    _ = try database.queueReset(email: email, now: Clock.now)
                }
            } catch {
                logger.error("A forgotten password could not be looked up", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Takes no more requests.
    func finish() { inbox.finish() }
}

extension ServerDatabase {
    /// Puts a letter with a token into the queue: one a minute and person, and only some in an hour, by whatever process.
    /// - Parameter actor: who asks for somebody else, for the audit trail; nil for whoever has forgotten their own.
    /// - Returns: false where nobody has the address, or enough letters.
    func queueReset(email: String, by actor: AuditTrail.Actor? = nil, now: Instant) throws(ServerError) -> Bool {
        guard let person = try passwords.owner(of: email) else { return false }
        return try transaction { session throws(ServerError) in
            let hourAgo = now.advanced(byMilliseconds: -3_600_000)
            guard
                try LetterStore.count(.passwordReset, to: person, since: hourAgo, session)
                    < ForgottenPasswords.lettersPerHour
            else { return false }
            // A number and no time of day: when it was is `made_at`.
            let minute = "minute \(now.seconds / 60)"
            let isAdded = try LetterStore.add(.passwordReset, period: minute, to: person, now: now, session)
            if isAdded, let actor {
                try audit.record("person.letter", of: person.lowercased, by: actor, at: now, session)
            }
            return isAdded
        }
    }
}
