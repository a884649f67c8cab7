import Capture
import Faces

/// What liveness knows beyond one track: the scene without anybody, and faces that were lost a moment ago.
struct LivenessScene {
    /// For so long a face may be found again.
    private static let patience: Duration = .seconds(1)

    private(set) var memory = SceneMemory()
    private var lost: [LivenessGate] = []

    /// Takes in a frame: what is seen while no face is followed is the scene.
    mutating func add(_ frame: Frame, isEmpty: Bool) {
        if isEmpty { memory.learn(frame, time: frame.bootTime) } else { memory.forgetLatest() }
    }

    /// A track is over.
    mutating func ended(_ gate: LivenessGate) {
        guard let time = gate.lastLook else { return }
        lost.removeAll { ($0.lastLook ?? .zero) + Self.patience < time }
        lost.append(gate)
    }

    /// What a new track begins with.
    /// - Parameter others: the tracks that are followed.
    func gate(for track: FaceTrack, beside others: some Sequence<LivenessGate>) -> LivenessGate {
        LivenessGate(after: lost + others, box: track.box, at: track.lastSeen)
    }
}
