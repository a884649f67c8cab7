import Faces
import Identification

/// What the page at the door tells whoever stands there. The raw value is the key of the catalogue and of the page.
public enum DoorMessage: String, Sendable, Equatable, CaseIterable {
    // Nothing is wrong.
    case ready, hold, done
    // What whoever stands there can do.
    case closer, back, middle, light, glare, still, look, uncover, alone
    // A movement that is asked for.
    case turnLeft, turnRight, nod
    // What a walk-by came to that made no mark.
    case unsure, unknown, again, challengeFailed
    // The terminal cannot do its work.
    case cameraStarting, cameraDark, cameraAway, storage, noRoster, broken, ended
    // The page has lost the terminal; the server never sends it.
    case away

    /// How the page draws it.
    public enum Tone: String, Sendable, Equatable, CaseIterable {
        case calm, advice, question, fault
    }

    /// How the page draws it.
    public var tone: Tone {
        switch self {
        case .ready, .hold, .done, .cameraStarting, .ended: .calm
        case .closer, .back, .middle, .light, .glare, .still, .look, .uncover, .alone: .advice
        case .turnLeft, .turnRight, .nod: .advice
        case .unsure, .unknown, .again, .challengeFailed: .question
        case .cameraDark, .cameraAway, .storage, .noRoster, .broken, .away: .fault
        }
    }

    /// The words for a movement.
    init(_ movement: LivenessChallenge.Movement) {
        switch movement {
        case .turnLeft: self = .turnLeft
        case .turnRight: self = .turnRight
        case .nod: self = .nod
        }
    }

    /// What to do about a face that is not good enough.
    init(_ reason: QualityReason) {
        switch reason {
        case .tooSmall: self = .closer
        case .tooDark, .noisy: self = .light
        case .tooBright, .lowContrast, .reflection: self = .glare
        case .blurred: self = .still
        case .turnedAway: self = .look
        case .cutOff: self = .middle
        case .eyesCovered, .mouthCovered: self = .uncover
        }
    }

    /// What is said after a walk-by that made no mark; nil where nothing is: somebody far away passed, or a mark was made.
    init?(_ decision: Decision) {
        switch decision {
        case .identified, .unsure(.noGoodShot), .unknown(.emptyRoster): return nil
        case .unknown(.likeNobody): self = .unknown
        case .unsure(.fewShots), .unsure(.tooBrief): self = .again
        case .unsure(.challengeFailed): self = .challengeFailed
        // Whoever holds up a picture is not told what gave it away.
        case .unsure: self = .unsure
        }
    }
}
