import Attendance
import Identification

/// Somebody passed who may be on the roster, and nobody is marked: a matter for people to decide.
public struct UnsureRecognition: Sendable, Equatable {
    /// Who it may have been, the likeliest first: one or two.
    public var people: [RosterPerson]
    /// Why nobody is marked.
    public var reason: UnsureReason
    /// The likeliest person's score, in nats.
    public var score: Float
    /// Shots of the track.
    public var shots: Int
    /// Capture time of the first frame in which the face was good enough.
    public var firstGoodFrame: Duration
}

extension UnsureRecognition {
    /// What a track that ended unsure leaves to decide; nil where the reason names nobody.
    /// - Parameter lastSeen: the track's end.
    init?(_ reason: UnsureReason, of walkBy: WalkBy, by identifier: Identifier, lastSeen: Duration) {
        guard reason.word != nil, let first = walkBy.identified ?? walkBy.evidence.best else { return nil }
        var people = [first.person]
        if walkBy.identified == nil {
            let other = identifier.rival(in: walkBy.evidence, lookAlike: reason.isAboutLookAlikes)
            people += other.map { [$0] } ?? []
        }
        self.init(
            people: people.map { identifier.roster.people[$0] }, reason: reason, score: first.score,
            shots: walkBy.evidence.shots, firstGoodFrame: walkBy.firstGoodFrame ?? lastSeen)
    }
}

extension UnsureReason {
    /// The word that is stored and sent; nil where the track says nothing about anybody.
    var word: UnsureWalkBy.Reason? {
        switch self {
        case .noGoodShot, .fewShots: nil
        case .littleEvidence, .tooBrief: .littleEvidence
        case .twoPeopleLikely: .twoPeopleLikely
        case .lookAlikes: .lookAlikes
        case .suspicious: .suspicious
        case .challengeFailed: .challengeFailed
        }
    }

    fileprivate var isAboutLookAlikes: Bool {
        if case .lookAlikes = self { true } else { false }
    }
}
