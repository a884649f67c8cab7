/// A door that wants it asks for a movement: turn the head, or nod. A flat picture cannot do it, because tilting a plane
/// moves the nose no nearer to either eye; a recording does not know what is asked. Pure: the moments come from outside,
/// and so does the choice of what is asked.
public struct LivenessChallenge: Sendable {
    /// What is asked.
    public enum Movement: String, Sendable, CaseIterable {
        /// To the person's own left, which is right in a picture that is not mirrored.
        case turnLeft = "turn your head to the left"
        /// To the person's own right.
        case turnRight = "turn your head to the right"
        /// Down or up and back.
        case nod = "nod"
    }

    /// How far it is.
    public enum State: Sendable, Equatable {
        /// The person is to look at the camera first.
        case facing
        /// The movement is asked for.
        case asked(Movement)
        /// The movement came.
        case passed
        /// It did not.
        case failed(Failure)
    }

    /// Why it failed.
    public enum Failure: String, Sendable {
        case tooLate = "the movement did not come in time"
        case otherMovement = "another movement came"
        case notSeenAgain = "the movement came, and the face was not seen well enough after it"
    }

    /// Bounds in the units of `FaceQuality.yaw` and `.pitch`.
    public struct Options: Sendable, Equatable {
        /// A face within this of frontal looks at the camera.
        public var frontalYaw = 0.25
        /// Looks at the camera before anything is asked.
        public var frontalLooks = 3
        /// How far the nose must move between the eyes; jitter of the landmarks is below a tenth.
        public var turn = 0.35
        /// How far it must move between eyes and mouth, one way or the other.
        public var nod = 0.3
        /// What counts as back again, as share of the movement.
        public var back = 0.5
        /// Looks that must agree.
        public var looks = 2
        /// From the question to the answer.
        public var patience: Duration = .seconds(5)

        /// The defaults, which suit a door at 15 frames/s.
        public init() {}
    }

    private let movement: Movement
    private let options: Options
    private var frontal = 0
    private var baseline = (yaw: 0.0, pitch: 0.0)
    private var askedAt: Duration = .zero
    private var agreeing = 0
    private var opposing = 0
    private var isDown = false
    /// How far it is.
    public private(set) var state = State.facing

    /// - Parameter movement: what will be asked; chosen at random, or a recording could know it.
    public init(_ movement: Movement, options: Options = Options()) {
        self.movement = movement
        self.options = options
    }

    /// Why it has failed when nothing more will be seen.
    public var failureAtEnd: Failure {
        switch state {
        case .facing, .asked: .tooLate
        case .passed: .notSeenAgain
        case .failed(let failure): failure
        }
    }

    /// Adds one look.
    /// - Parameter time: the frame's capture time; never goes back.
    public mutating func add(_ landmarks: Landmarks, time: Duration) {
        let measures = LandmarkMeasures(landmarks, axes: FaceAxes(landmarks))
        add(yaw: measures.yaw, pitch: measures.pitch, time: time)
    }

    /// Adds one look, by the numbers of `FaceQuality`.
    public mutating func add(yaw: Double, pitch: Double, time: Duration) {
        switch state {
        case .passed, .failed: return
        case .facing: face(yaw: yaw, pitch: pitch, time: time)
        case .asked:
            guard time - askedAt <= options.patience else {
                state = .failed(.tooLate)
                return
            }
            switch movement {
            case .turnLeft: turn(by: yaw - baseline.yaw)
            case .turnRight: turn(by: baseline.yaw - yaw)
            case .nod: nod(by: abs(pitch - baseline.pitch))
            }
        }
    }

    private mutating func face(yaw: Double, pitch: Double, time: Duration) {
        guard abs(yaw) <= options.frontalYaw else {
            frontal = 0
            return
        }
        frontal += 1
        // The mean of the looks so far.
        let share = 1 / Double(frontal)
        baseline = (
            baseline.yaw + share * (yaw - baseline.yaw), baseline.pitch + share * (pitch - baseline.pitch)
        )
        if frontal >= options.frontalLooks {
            askedAt = time
            state = .asked(movement)
        }
    }

    private mutating func turn(by amount: Double) {
        agreeing = amount >= options.turn ? agreeing + 1 : 0
        opposing = amount <= -options.turn ? opposing + 1 : 0
        if agreeing >= options.looks { state = .passed }
        if opposing >= options.looks { state = .failed(.otherMovement) }
    }

    /// Down, or up, and back.
    private mutating func nod(by amount: Double) {
        if !isDown {
            agreeing = amount >= options.nod ? agreeing + 1 : 0
            isDown = agreeing >= options.looks
        } else if amount <= options.back * options.nod {
            state = .passed
        }
    }
}
