/// What is said to the face that is followed. One message stays for a while: what flickers cannot be read.
struct DoorAdvice: Sendable, Equatable {
    /// A walk-by that goes well is over before anything is said.
    static let patience: Duration = .milliseconds(1200)
    /// How long a message stays at least.
    static let shortest: Duration = .milliseconds(900)

    /// Who stands there for so long, well in sight, is better helped by people.
    static let givingUp: Duration = .seconds(5)

    private(set) var message: DoorMessage?
    private var since: Duration = .zero

    /// Takes in what is seen now.
    /// - Parameter now: of the boot clock.
    mutating func follow(_ face: FollowedFace?, _ place: StandingPlace?, now: Duration) {
        let wanted = face.flatMap { face in place.flatMap { Self.wanted(face, $0) } }
        guard wanted != message else { return }
        guard message == nil || wanted == .done || face == nil || now - since >= Self.shortest else { return }
        message = wanted
        since = now
    }

    private static func wanted(_ face: FollowedFace, _ place: StandingPlace) -> DoorMessage? {
        if face.standing == .named { return .done }
        // The first shots of somebody who is on the list may look like nobody.
        guard face.age >= patience else { return nil }
        if face.standing == .unknown { return .unknown }
        switch place.fit {
        case .side: return .middle
        case .far: return .closer
        case .near: return .back
        case .good: break
        }
        if let refusal = face.refusal { return DoorMessage(refusal) }
        if face.faces > 1 { return .alone }
        return face.age < givingUp ? .hold : .unsure
    }
}
