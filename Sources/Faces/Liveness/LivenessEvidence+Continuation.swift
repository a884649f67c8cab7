/// A face as it was seen last.
public struct LostFace: Sendable {
    /// What it showed.
    public var evidence: LivenessEvidence
    /// Its last box, in pixels.
    public var box: FaceBox
    /// When it was seen last.
    public var lastSeen: Duration

    /// A face that is not seen any more.
    public init(evidence: LivenessEvidence, box: FaceBox, lastSeen: Duration) {
        self.evidence = evidence
        self.box = box
        self.lastSeen = lastSeen
    }
}

/// Evidence that goes on from one track to the next: what is moved so fast that its face is lost and found again, again and
/// again, must not begin anew each time.
extension LivenessEvidence {
    /// How long ago a track may have been seen last.
    public static let memory: Duration = .seconds(1)
    /// How far a face goes meanwhile, in widths of its box.
    private static let reach = 3.0
    /// By what factor its size changes meanwhile at most.
    private static let growth = 2.0

    /// What a new track begins with: the evidence of the face that was lost last, of those that may be the same.
    /// - Parameters:
    ///   - box, time: the new track's first box in pixels, and when.
    public init(after lost: some Sequence<LostFace>, as box: FaceBox, at time: Duration) {
        let before = lost.filter { Self.mayContinue($0.box, lastSeen: $0.lastSeen, as: box, at: time) }
        self = before.max { $0.lastSeen < $1.lastSeen }?.evidence.continued ?? LivenessEvidence()
    }

    /// Whether a new track may show the same face, or the same picture of one, as a track that is not seen any more.
    /// - Parameters:
    ///   - old, lastSeen: that track's last box in pixels, and when it was seen.
    ///   - new, time: the new track's first box, and when.
    public static func mayContinue(_ old: FaceBox, lastSeen: Duration, as new: FaceBox, at time: Duration) -> Bool {
        guard lastSeen < time, time - lastSeen <= memory else { return false }
        let (small, large) = (min(old.width, new.width), max(old.width, new.width))
        guard small > 0, Double(large) <= growth * Double(small) else { return false }
        return old.centre.distance(to: new.centre) <= reach * Double(large)
    }

    /// What a new track begins with. nil where this face looks alive: nobody may show his own face first and hold up a
    /// picture then.
    public var continued: LivenessEvidence? {
        if verdict() == .live { return nil }
        var next = self
        next.forgetKey()
        return next
    }
}
