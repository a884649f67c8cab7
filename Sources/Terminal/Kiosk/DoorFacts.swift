import FoundationEssentials

/// What happens at the door now. The capture thread writes it; nothing of it is in `/status`.
public struct DoorFacts: Sendable, Equatable {
    /// A greeting, and when it was made.
    struct Sent: Sendable, Equatable {
        /// Counts up from 1.
        var number: UInt64
        var greeting: Greeting
        var person: UUID
        /// On the boot clock.
        var at: Duration
    }

    /// A face that was not looked at for so long has gone: the camera may have been lost meanwhile.
    static let faceLasts: Duration = .seconds(1)
    /// Several people may be recognised in one frame.
    static let greetingsKept = 8

    private(set) var greetings: [Sent] = []
    private(set) var lastNumber: UInt64 = 0
    /// What the last walk-by came to.
    private struct Outcome: Sendable, Equatable {
        var message: DoorMessage
        var at: Duration
    }

    private var outcome: Outcome?
    private var advice = DoorAdvice()
    private var place: StandingPlace?
    private var lookedAt: Duration = .zero
    /// The movement that is asked for.
    var asked: DoorMessage?

    /// Nobody was there yet.
    public init() {}

    /// Somebody was recognised.
    /// - Parameter now: of the boot clock.
    mutating func greet(_ greeting: Greeting, person: UUID, now: Duration) {
        greetings.removeAll { now - $0.at >= Greeting.shown }
        // A track that was parted names its person again; what is shown of the mark stays.
        if greeting.kind != .marked, greetings.contains(where: { $0.person == person }) { return }
        if greetings.count == Self.greetingsKept { greetings.removeFirst() }
        lastNumber += 1
        greetings.append(Sent(number: lastNumber, greeting: greeting, person: person, at: now))
        outcome = nil
    }

    /// Greetings after number `number` that may still be shown.
    func greetings(after number: UInt64, now: Duration) -> [Sent] {
        greetings.filter { $0.number > number && now - $0.at < Greeting.shown }
    }

    /// A walk-by is over that made no mark.
    mutating func ended(with message: DoorMessage, now: Duration) {
        outcome = Outcome(message: message, at: now)
    }

    /// The nearest face, and where it is; nil when nobody is there.
    mutating func see(_ face: FollowedFace?, at place: StandingPlace?, now: Duration) {
        // Who comes now is not told what the one before came to.
        if face != nil, self.place == nil || !isFresh(now) { outcome = nil }
        advice.follow(face, place, now: now)
        self.place = place
        lookedAt = now
    }

    /// Where somebody stands now; nil when nobody does.
    func place(now: Duration) -> StandingPlace? { isFresh(now) ? place : nil }

    /// What is said to whoever stands there, or has just gone; nil when nobody is told anything.
    func message(now: Duration) -> DoorMessage? {
        if isFresh(now), let asked { return asked }
        if let outcome, now - outcome.at < Greeting.shown { return outcome.message }
        return isFresh(now) ? advice.message : nil
    }

    private func isFresh(_ now: Duration) -> Bool { now - lookedAt < Self.faceLasts }
}
