import Attendance
import Capture
import Faces
import Identification

/// Tells the board what happens at the door, for the page there. First names appear only when configured.
struct DoorJournal: Sendable {
    let board: StatusBoard
    let showsFirstNames: Bool
    /// Pixels between the eyes below which a face is not recognised.
    let minimumInterEye: Double

    /// Somebody has a new mark, and stands there now.
    func marked(_ mark: Mark, _ recognition: Recognition, school: SchoolTime) {
        greet(Greeting(mark, zone: school.zone, firstName: name(recognition)), recognition)
    }

    /// Somebody was recognised, and there is no new mark.
    func notMarked(_ recognition: Recognition, _ kind: Greeting.Kind) {
        greet(Greeting(kind, firstName: name(recognition)), recognition)
    }

    /// A walk-by is over.
    func finished(_ track: FinishedTrack) {
        guard let message = DoorMessage(track.decision) else { return }
        let now = BootClock.now
        board.update { $0.door.ended(with: message, now: now) }
    }

    /// What is seen in a frame that was looked at.
    func saw(_ face: FollowedFace?, asking: LivenessChallenge.Movement?, in frame: Frame) {
        let now = BootClock.now
        let place = face.map {
            StandingPlace($0.box, width: frame.width, height: frame.height, minimumInterEye: minimumInterEye)
        }
        let asked = asking.map { DoorMessage($0) }
        board.update { facts in
            facts.door.see(face, at: place, now: now)
            facts.door.asked = asked
        }
    }

    private func greet(_ greeting: Greeting, _ recognition: Recognition) {
        let now = BootClock.now
        board.update { $0.door.greet(greeting, person: recognition.person.id, now: now) }
    }

    private func name(_ recognition: Recognition) -> String? {
        showsFirstNames ? firstName(of: recognition.person.name) : nil
    }
}
