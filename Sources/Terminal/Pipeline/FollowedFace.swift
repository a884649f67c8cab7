import Faces

/// The nearest face of those that are followed: whom the page at the door talks to.
public struct FollowedFace: Sendable, Equatable {
    /// What is known of whose face it is.
    public enum Standing: Sendable, Equatable {
        case undecided
        /// Somebody was told of as identified, or is recognised and has only to go, so that the scene is seen.
        case named
        /// Nobody on the roster, as far as has been seen.
        case unknown
    }

    /// Where the face was last found, in pixels.
    public var box: FaceBox
    /// How long it has been followed.
    public var age: Duration
    /// Faces that are followed, this one included.
    public var faces: Int
    /// What was wrong with it at the last look; nil when nothing was.
    public var refusal: QualityReason?
    /// What is known of whose it is.
    public var standing: Standing
}

extension RecognitionPipeline {
    /// Whom the page at the door talks to; nil while no face is followed.
    public var followed: FollowedFace? {
        guard let nearest = tracks.max(by: { $0.box.area < $1.box.area }) else { return nil }
        let walkBy = walkBy(of: nearest)
        return FollowedFace(
            box: nearest.box, age: nearest.lastSeen - nearest.firstSeen, faces: tracks.count,
            refusal: walkBy?.lastRefusal, standing: walkBy?.standing(policy: options.liveness) ?? .undecided)
    }
}
