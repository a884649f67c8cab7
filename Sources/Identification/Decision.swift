/// What a walk-by came to.
public enum Decision: Sendable, Equatable {
    /// The person at this index of the roster.
    case identified(Candidate)
    /// Nobody on the roster.
    case unknown(UnknownReason)
    /// Perhaps somebody on the roster, but not sure enough to say who.
    case unsure(UnsureReason)
}

/// The nearest person of a track's evidence.
public struct Candidate: Sendable, Equatable {
    /// Index into the roster's people.
    public var person: Int
    /// Mean over the shots of the distance to this person.
    public var distance: Float
    /// How much further the second person is; infinite when there is none.
    public var margin: Float
    /// Shots that the decision rests on.
    public var shots: Int
}

/// Why nobody was named.
public enum UnknownReason: Sendable, Equatable, CustomStringConvertible {
    case emptyRoster
    case farFromEverybody(distance: Float)

    /// For a log line.
    public var description: String {
        switch self {
        case .emptyRoster: "the roster has no templates"
        case .farFromEverybody(let distance): "the nearest person is \(rounded(distance)) away"
        }
    }
}

/// Why a track stayed between somebody and nobody.
public enum UnsureReason: Sendable, Equatable, CustomStringConvertible {
    case noGoodShot
    case fewShots(have: Int, need: Int)
    case notNearEnough(distance: Float, limit: Float)
    case twoPeopleNear(margin: Float, limit: Float)
    case shotsDisagree(agreeing: Int, shots: Int)

    /// For a log line.
    public var description: String {
        switch self {
        case .noGoodShot: "no shot was good enough"
        case .fewShots(let have, let need): "\(have) good shot\(have == 1 ? "" : "s") where \(need) are needed"
        case .notNearEnough(let distance, let limit):
            "the nearest person is \(rounded(distance)) away, the limit is \(rounded(limit))"
        case .twoPeopleNear(let margin, let limit):
            "the second person is only \(rounded(margin)) further, the limit is \(rounded(limit))"
        case .shotsDisagree(let agreeing, let shots): "only \(agreeing) of \(shots) shots agree"
        }
    }
}

/// Three decimals, for a log line.
private func rounded(_ value: Float) -> String {
    value.isFinite ? "\((value * 1000).rounded() / 1000)" : "far"
}
