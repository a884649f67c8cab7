import Capture
import Faces
import Identification

/// What liveness knows beyond one track: the scene without anybody, faces that were lost a moment ago, and walk-bys that
/// are over and wait for the scene to be known.
struct LivenessScene {
    private(set) var memory = SceneMemory()
    private var lost: [LostFace] = []
    private var deferred: [(track: FaceTrack, walkBy: WalkBy)] = []
    /// More than pass in the time that a walk-by waits: each holds up to 460 kB.
    private static let mostDeferred = 16

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

    /// A track is over, and its scene is not known yet.
    mutating func `defer`(_ track: FaceTrack, _ walkBy: WalkBy) { deferred.append((track, walkBy)) }

    /// The walk-bys whose scene is known now, or that have waited for long enough.
    /// - Parameter deadline: those that were seen last before this time; nil for all.
    mutating func takeDeferred(by deadline: Duration?) -> [(track: FaceTrack, walkBy: WalkBy)] {
        guard !deferred.isEmpty else { return [] }
        var due: [(track: FaceTrack, walkBy: WalkBy)] = []
        while let first = deferred.first {
            let isLate = deadline.map { first.track.lastSeen < $0 } ?? true
            guard memory.isKnown || isLate || deferred.count > Self.mostDeferred else { break }
            due.append(deferred.removeFirst())
            due[due.count - 1].walkBy.liveness.settle(in: memory)
        }
        return due
    }

    /// Compares the shots of those who wait with another roster.
    mutating func reconsider(with identifier: Identifier) {
        for index in deferred.indices { deferred[index].walkBy.reconsider(with: identifier) }
    }
}
