import Faces
import Identification

/// Somebody was recognised, as soon as the evidence allowed it.
public struct Recognition: Sendable, Equatable {
    public var track: UInt64
    public var person: RosterPerson
    public var candidate: Candidate
    /// Capture time of the first frame in which the face was good enough.
    public var firstGoodFrame: Duration
    /// Capture time of the frame that decided.
    public var decidingFrame: Duration
}

/// A track that is over.
public struct FinishedTrack: Sendable, Equatable {
    public var track: UInt64
    public var firstSeen: Duration
    public var lastSeen: Duration
    public var decision: Decision
    /// The person's name when identified.
    public var name: String?
    public var shots: Int
    /// Why faces of this track were not described, most frequent first.
    public var refusals: [QualityReason]
}

/// What the recognition says of a frame.
public enum PipelineEvent: Sendable, Equatable {
    case identified(Recognition)
    case finished(FinishedTrack)
}

/// Counts for status and metrics.
public struct PipelineCounters: Sendable, Equatable {
    public var frames: UInt64 = 0
    /// Frames that the motion gate let through.
    public var activeFrames: UInt64 = 0
    public var faces: UInt64 = 0
    public var tracks: UInt64 = 0
    public var descriptors: UInt64 = 0
    public var identified: UInt64 = 0
    public var unknown: UInt64 = 0
    public var unsure: UInt64 = 0
}
