import Testing

@testable import Faces

@Suite struct ChallengeTests {
    private func played(
        _ movement: LivenessChallenge.Movement, _ looks: [(yaw: Double, pitch: Double)],
        every interval: Duration = .milliseconds(66)
    ) -> LivenessChallenge.State {
        var challenge = LivenessChallenge(movement)
        for (index, look) in looks.enumerated() {
            challenge.add(yaw: look.yaw, pitch: look.pitch, time: interval * index)
        }
        return challenge.state
    }

    private let frontal = [(yaw: 0.05, pitch: 0.1), (yaw: -0.03, pitch: 0.12), (yaw: 0.02, pitch: 0.09)]

    @Test func nothingIsAskedBeforeSomebodyLooksAtTheCamera() {
        #expect(played(.nod, Array(frontal.prefix(2))) == .facing)
        #expect(played(.nod, Array(repeating: (yaw: 0.5, pitch: 0), count: 9)) == .facing)
        #expect(played(.nod, [frontal[0], (yaw: 0.6, pitch: 0), frontal[1], frontal[2]]) == .facing)
        #expect(played(.turnLeft, frontal) == .asked(.turnLeft))
    }

    @Test func theTurnThatIsAskedForPasses() {
        let left = [(yaw: 0.2, pitch: 0.1), (yaw: 0.5, pitch: 0.1), (yaw: 0.55, pitch: 0.1)]
        let right = left.map { (yaw: -$0.yaw, pitch: $0.pitch) }
        #expect(played(.turnLeft, frontal + left) == .passed)
        #expect(played(.turnRight, frontal + right) == .passed)
        #expect(played(.turnLeft, frontal + right) == .failed(.otherMovement))
        #expect(played(.turnRight, frontal + left) == .failed(.otherMovement))
    }

    @Test func oneLookAloneIsNoTurn() {
        let jump = [(yaw: 0.6, pitch: 0.1), (yaw: 0.0, pitch: 0.1), (yaw: 0.6, pitch: 0.1), (yaw: 0.0, pitch: 0.1)]
        #expect(played(.turnLeft, frontal + jump) == .asked(.turnLeft))
    }

    @Test func aNodGoesAndComesBack() {
        let down = [(yaw: 0.0, pitch: 0.5), (yaw: 0.0, pitch: 0.55)]
        #expect(played(.nod, frontal + down) == .asked(.nod))
        #expect(played(.nod, frontal + down + [(yaw: 0.0, pitch: 0.15)]) == .passed)
        let up = down.map { (yaw: $0.yaw, pitch: 0.2 - $0.pitch) }
        #expect(played(.nod, frontal + up + [(yaw: 0.0, pitch: 0.1)]) == .passed)
    }

    @Test func whoDoesNothingIsTooLate() {
        let still = Array(repeating: (yaw: 0.0, pitch: 0.1), count: 100)
        #expect(played(.turnLeft, still) == .failed(.tooLate))
        #expect(played(.turnLeft, Array(still.prefix(70))) == .asked(.turnLeft))
    }
}
