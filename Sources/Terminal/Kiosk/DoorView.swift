import FoundationEssentials

/// What the page shows at one moment, beside greetings: it names nobody, so whoever connects may see it at once.
struct DoorView: Sendable, Equatable {
    var message: DoorMessage
    /// The server cannot be reached; marks wait.
    var isOffline: Bool
    /// Where somebody stands; nil when nobody does, or when it would not help.
    var place: StandingPlace?

    /// The view of what is known.
    /// - Parameter now: of the boot clock.
    init(_ facts: StatusFacts, now: Duration) {
        let fault = Self.fault(facts)
        message = fault ?? facts.door.message(now: now) ?? .ready
        isOffline = facts.sync.state == .failing
        place = fault == nil ? facts.door.place(now: now) : nil
    }

    /// Why nobody can be marked, the first thing first.
    private static func fault(_ facts: StatusFacts) -> DoorMessage? {
        switch facts.camera.state {
        case .ok: break
        case .starting: return .cameraStarting
        case .dark: return .cameraDark
        case .frozen, .lost, .noFrames: return .cameraAway
        case .ended: return .ended
        }
        if facts.outbox.alarm != nil { return .storage }
        if facts.visionError != nil || !facts.stalledStages.isEmpty { return .broken }
        if facts.roster.cursor == nil || facts.roster.people == 0 { return .noRoster }
        return nil
    }
}
