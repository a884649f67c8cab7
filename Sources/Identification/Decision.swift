import Faces

/// What a walk-by came to.
public enum Decision: Sendable, Equatable {
    /// The person at this index of the roster.
    case identified(Candidate)
    /// Nobody on the roster.
    case unknown(UnknownReason)
    /// Perhaps somebody on the roster, but not sure enough to say who.
    case unsure(UnsureReason)
}

/// The likeliest person of a track's evidence.
public struct Candidate: Sendable, Equatable {
    /// Index into the roster's people.
    public var person: Int
    /// Mean over the shots of the log-likelihood ratio, in nats.
    public var score: Float
    /// How much higher than the second person's, in nats; infinite when there is none.
    public var margin: Float
    /// Shots that the decision rests on.
    public var shots: Int
}

/// Why nobody was named.
public enum UnknownReason: Sendable, Equatable, CustomStringConvertible {
    case emptyRoster
    case likeNobody(score: Float)

    /// For a log line.
    public var description: String {
        switch self {
        case .emptyRoster: "the roster has no templates"
        case .likeNobody(let score): "the likeliest person has \(rounded(score)) nats"
        }
    }
}

/// Why a track stayed between somebody and nobody.
public enum UnsureReason: Sendable, Equatable, CustomStringConvertible {
    case noGoodShot
    case fewShots(have: Int, need: Int)
    case littleEvidence(score: Float, need: Float)
    case twoPeopleLikely(margin: Float, need: Float)
    /// Two people of the roster look alike, and the shots do not tell them apart.
    case lookAlikes(margin: Float, need: Float)
    /// The face may be a picture of somebody.
    case suspicious(LivenessReason)
    /// A face must prove alive, and this one was seen too briefly to tell.
    case tooBrief
    /// The movement that was asked for did not come as it should.
    case challengeFailed(LivenessChallenge.Failure)

    /// For a log line.
    public var description: String {
        switch self {
        case .noGoodShot: "no shot was good enough"
        case .fewShots(let have, let need): "\(have) good shot\(have == 1 ? "" : "s") where \(need) are needed"
        case .littleEvidence(let score, let need):
            "the likeliest person has \(rounded(score)) nats, \(rounded(need)) are needed"
        case .twoPeopleLikely(let margin, let need):
            "the second person has only \(rounded(margin)) nats less, \(rounded(need)) are needed"
        case .lookAlikes(let margin, let need):
            "two people of the roster look alike and are only \(rounded(margin)) nats apart, \(rounded(need)) are needed"
        case .suspicious(let reason): reason.rawValue
        case .tooBrief: "the face was seen too briefly to tell whether it is alive"
        case .challengeFailed(let failure): "a movement was asked for: \(failure.rawValue)"
        }
    }
}

/// Two decimals, for a log line.
private func rounded(_ value: Float) -> String {
    value.isFinite ? "\((value * 100).rounded() / 100)" : "no"
}
