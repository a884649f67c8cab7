import Capture
import Faces
import Identification

/// What becomes of a track that is over, and who tells of it.
extension RecognitionPipeline {
    /// Ends a track; nothing is told yet of somebody who came before the terminal knew its scene.
    func conclude(_ track: FaceTrack) -> [PipelineEvent] {
        let walkBy = walkBys.removeValue(forKey: track.id) ?? WalkBy()
        if options.liveness.mode != .off { scene.ended(walkBy.liveness) }
        if walkBy.announced == nil, walkBy.liveness.awaitsScene(policy: options.liveness),
            case .identified = identifier.conclude(walkBy)
        {
            scene.defer(track, walkBy)
            return []
        }
        return conclude(track, walkBy)
    }

    /// Takes a frame in as the scene, and tells of those who waited for it to be known.
    func concludeDeferred(after frame: Frame, isEmpty: Bool) -> [PipelineEvent] {
        guard options.liveness.mode != .off else { return [] }
        scene.add(frame, isEmpty: isEmpty)
        return concludeOverdue(at: frame.bootTime)
    }

    /// Tells of those who waited for the scene to be known, and need or can not wait longer: for when there is no frame to be
    /// looked at.
    public func concludeOverdue(at time: Duration) -> [PipelineEvent] {
        concludeDeferred(by: time - options.liveness.sceneWait)
    }

    /// - Parameter deadline: nil for all who wait.
    func concludeDeferred(by deadline: Duration?) -> [PipelineEvent] {
        scene.takeDeferred(by: deadline).flatMap { conclude($0.track, $0.walkBy) }
    }

    /// Tells what a track came to.
    func conclude(_ track: FaceTrack, _ walkBy: WalkBy) -> [PipelineEvent] {
        var events: [PipelineEvent] = []
        var decision = identifier.conclude(walkBy)
        if let announced = walkBy.announced {
            decision = .identified(announced)
        } else if case .identified(let candidate) = decision {
            let watchedFor = suspicion.flatMap { track.lastSeen <= $0.until ? $0.reason : nil }
            if let reason = walkBy.liveness.refusal(policy: options.liveness, watchedFor: watchedFor) {
                decision = .unsure(reason)
                if reason != .tooBrief { counters.suspicious += 1 }
                if case .suspicious(let sign) = reason {
                    let until = track.lastSeen + options.liveness.memory
                    suspicion = (sign, max(until, suspicion?.until ?? until))
                }
            } else {
                counters.identified += 1
                events.append(recognised(candidate, in: walkBy, of: track))
            }
        }
        var unsure: UnsureRecognition?
        switch decision {
        case .identified: break
        case .unknown: counters.unknown += 1
        case .unsure(let reason):
            counters.unsure += 1
            unsure = UnsureRecognition(reason, of: walkBy, by: identifier, lastSeen: track.lastSeen)
        }
        let finished = FinishedTrack(
            track: track.id, decision: decision, lastSeen: track.lastSeen, shots: walkBy.evidence.shots,
            refusals: walkBy.refusals.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
                .map(\.key), unsure: unsure)
        return events + [.finished(finished)]
    }

    func recognised(_ candidate: Candidate, in walkBy: WalkBy, of track: FaceTrack) -> PipelineEvent {
        .identified(
            Recognition(
                track: track.id, person: identifier.roster.people[candidate.person], candidate: candidate,
                firstGoodFrame: walkBy.firstGoodFrame ?? track.lastSeen, lastSeen: track.lastSeen))
    }
}

extension Identifier {
    /// What a walk-by comes to, apart from liveness.
    fileprivate func conclude(_ walkBy: WalkBy) -> Decision {
        walkBy.identified.map(Decision.identified) ?? conclude(walkBy.evidence)
    }
}
