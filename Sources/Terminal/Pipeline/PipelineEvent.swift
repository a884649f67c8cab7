import Faces
import Identification

/// Somebody was recognised, as soon as the evidence allowed it.
public struct Recognition: Sendable, Equatable {
    /// The track that showed the person.
    public var track: UInt64
    /// Who it is.
    public var person: RosterPerson
    /// Distance, margin and shots of the decision.
    public var candidate: Candidate
    /// Capture time of the first frame in which the face was good enough.
    public var firstGoodFrame: Duration
    /// Capture time of the last frame in which the face was seen so far.
    public var lastSeen: Duration
}

/// A track that is over.
public struct FinishedTrack: Sendable, Equatable {
    /// The track.
    public var track: UInt64
    /// What it came to.
    public var decision: Decision
    /// Capture time of the last frame in which the face was seen.
    public var lastSeen: Duration
    /// Shots that were described.
    public var shots: Int
    /// Why faces of this track were not described, most frequent first.
    public var refusals: [QualityReason]
    /// What is left for people to decide; nil for a track that is decided, or that names nobody.
    public var unsure: UnsureRecognition?
}

/// What the recognition says of a frame.
public enum PipelineEvent: Sendable, Equatable {
    /// A stage failed on a face or on the whole frame; everything else of the frame stands.
    case failed(FaceError)
    case identified(Recognition)
    /// Whoever is recognised is asked for a movement.
    case asked(LivenessChallenge.Movement, track: UInt64)
    case finished(FinishedTrack)
}

/// Counts for status and metrics.
public struct PipelineCounters: Sendable, Equatable {
    /// Frames looked at.
    public var frames: UInt64 = 0
    /// Frames that the motion gate let through.
    public var activeFrames: UInt64 = 0
    /// Looks at a whole frame; other active frames were looked at around the faces that were followed.
    public var searches: UInt64 = 0
    /// Faces found, in all frames together.
    public var faces: UInt64 = 0
    /// Tracks with at least one face.
    public var tracks: UInt64 = 0
    /// Faces described.
    public var descriptors: UInt64 = 0
    /// Tracks in which somebody was identified, and let through where a face must prove alive.
    public var identified: UInt64 = 0
    /// Tracks that ended as nobody on the roster.
    public var unknown: UInt64 = 0
    /// Tracks that ended undecided.
    public var unsure: UInt64 = 0
    /// Those of them that were recognised, but may have been a picture.
    public var suspicious: UInt64 = 0
}
