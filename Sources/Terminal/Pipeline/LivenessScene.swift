import Capture
import Faces

/// What liveness knows beyond one track: the scene without anybody, and faces that were lost a moment ago.
struct LivenessScene {
    private(set) var memory = SceneMemory()
    private var lost: [LostFace] = []

    /// Takes in a frame: what is seen while no face is followed is the scene.
    mutating func add(_ frame: Frame, isEmpty: Bool) {
        if isEmpty { memory.learn(frame, time: frame.bootTime) } else { memory.forgetLatest() }
    }

    /// A track is over.
    mutating func ended(_ gate: LivenessGate) {
        guard let face = gate.face else { return }
        lost.removeAll { $0.lastSeen + LivenessEvidence.memory < face.lastSeen }
        lost.append(face)
    }

    /// What a new track begins with.
    /// - Parameter unseen: tracks that are followed, and whose faces are not in this frame.
    func gate(for track: FaceTrack, after unseen: some Sequence<LivenessGate>) -> LivenessGate {
        LivenessGate(after: lost + unseen.compactMap(\.face), box: track.box, at: track.lastSeen)
    }
}
