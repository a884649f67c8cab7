import Capture
import Faces
import Identification

/// What liveness knows beyond one track: the scene without anybody, faces that were lost a moment ago, and walk-bys that
/// are over and wait for the scene to be known.
struct LivenessScene {
    private(set) var memory = SceneMemory()
    private var lost: [LostFace] = []
    private var deferred: [(track: FaceTrack, walkBy: WalkBy)] = []
    /// More than pass in the time that a walk-by waits: each holds less than a megabyte.
    private static let mostDeferred = 16

    /// Takes in a frame: what is seen while no face is followed is the scene.
    mutating func add(_ frame: Frame, isEmpty: Bool) {
        lost.removeAll { $0.lastSeen + LivenessEvidence.memory < frame.bootTime }
        if isEmpty { memory.learn(frame, time: frame.bootTime) } else { memory.forgetLatest() }
    }

    /// A track is over.
    mutating func ended(_ gate: LivenessGate) {
        guard let face = gate.face else { return }
        lost.append(face)
    }

    /// What a new track begins with.
    /// - Parameter unseen: tracks that are followed, and whose faces are not in this frame.
    func gate(for track: FaceTrack, after unseen: some Sequence<LivenessGate>) -> LivenessGate {
        LivenessGate(after: lost + unseen.compactMap(\.face), box: track.box, at: track.lastSeen)
    }

    /// A track is over, and its scene is not known yet.
    mutating func `defer`(_ track: FaceTrack, _ walkBy: WalkBy) {
        var walkBy = walkBy
        walkBy.liveness.forgetKey()
        deferred.append((track, walkBy))
    }

    /// A walk-by whose scene is known now, or that has waited for long enough: one a frame, since its looks are compared now.
    /// - Parameter deadline: one that was seen last before this time; nil for all that wait.
    mutating func takeDeferred(by deadline: Duration?) -> [(track: FaceTrack, walkBy: WalkBy)] {
        guard !deferred.isEmpty else { return [] }
        var due: [(track: FaceTrack, walkBy: WalkBy)] = []
        while let first = deferred.first, due.isEmpty || deadline == nil {
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
