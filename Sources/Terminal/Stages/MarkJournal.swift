import Attendance
import Faces
import Identification
import Logging
import Systemd

/// Writes what the recognition decided to the log and to the status board. Names appear only when configured.
struct MarkJournal: Sendable {
    let board: StatusBoard
    let logger: Logger
    let showNames: Bool

    func recorded(_ mark: Mark, _ recognition: Recognition, latency: Duration, school: SchoolTime) {
        board.update { $0.recorded(MarkStatus(mark, name: recognition.person.name), latency: latency) }
        let who = showNames ? recognition.person.name : "person \(mark.person.lowercased)"
        let local = school.zone.local(of: mark.at.seconds)
        let flag = mark.clock.isKnown ? "" : " (the clock is not known: the time is a guess)"
        logger.log(
            .markRecorded, .notice,
            "\(who) is \(mark.status.rawValue) at \(local.time)\(flag)",
            metadata: [
                "mark": "\(mark.id.lowercased)", "person": "\(mark.person.lowercased)",
                "status": "\(mark.status.rawValue)",
                "session": "\(mark.session)", "track": "\(recognition.track)", "shots": "\(mark.shots)",
                "score": "\(hundredths(recognition.candidate.score))",
                "latency_ms": "\(Int(latency.milliseconds.rounded()))",
            ])
    }

    func notRecorded(_ recognition: Recognition, _ reason: String, level: Logger.Level) {
        let who = showNames ? recognition.person.name : "person \(recognition.person.id.lowercased)"
        logger.log(
            level: level, "\(who) was recognised, no mark is made: \(reason)",
            metadata: ["person": "\(recognition.person.id.lowercased)", "track": "\(recognition.track)"])
    }

    func asked(_ movement: LivenessChallenge.Movement, track: UInt64) {
        logger.info("somebody is asked: \(movement.rawValue)", metadata: ["track": "\(track)"])
    }

    func finished(_ track: FinishedTrack) {
        var metadata: Logger.Metadata = ["track": "\(track.track)", "shots": "\(track.shots)"]
        let text: String
        switch track.decision {
        case .identified: return
        case .unknown(let reason):
            metadata["decision"] = "unknown"
            text = "somebody unknown passed: \(reason)"
        case .unsure(let reason):
            metadata["decision"] = "unsure"
            let refused = track.refusals.map(\.rawValue).joined(separator: ", ")
            text =
                "somebody passed and it is unsure who: \(reason)" + (refused.isEmpty ? "" : " (faces were \(refused))")
        }
        logger.log(level: .info, "\(text)", metadata: metadata)
    }

    func recorded(_ walkBy: UnsureWalkBy, _ unsure: UnsureRecognition) {
        logger.info(
            "people are to decide whether it was \(names(unsure))",
            metadata: [
                "walk_by": "\(walkBy.id.lowercased)", "reason": "\(walkBy.reason.rawValue)",
                "session": "\(walkBy.session)",
            ])
    }

    func notRecorded(_ unsure: UnsureRecognition, _ error: OutboxError) {
        logger.warning("nobody will be asked whether it was \(names(unsure)): \(error)")
    }

    private func names(_ unsure: UnsureRecognition) -> String {
        unsure.people.map { showNames ? $0.name : "person \($0.id.lowercased)" }.joined(separator: " or ")
    }

    private func hundredths(_ value: Float) -> Float { (value * 100).rounded() / 100 }
}
