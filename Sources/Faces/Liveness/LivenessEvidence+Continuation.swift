/// Evidence that goes on from one track to the next: what is moved so fast that its face is lost and found again, again and
/// again, must not begin anew each time.
extension LivenessEvidence {
    /// How long ago a track may have been seen last.
    private static let memory: Duration = .seconds(1)
    /// How far a face goes meanwhile, in widths of its box.
    private static let reach = 3.0
    /// By what factor its size changes meanwhile at most.
    private static let growth = 2.0

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
        if let score, score >= 0 { return nil }
        var next = self
        next.forgetKey()
        return next
    }
}
