import Identification
import Testing

@testable import Faces
@testable import Terminal

struct WalkByTests {
    private func quality(sharpness: Double) -> FaceQuality {
        FaceQuality(
            interEyeDistance: 60, brightness: 120, sharpness: sharpness, yaw: 0, pitch: 0, roll: 0, reasons: [])
    }

    private func descriptor(_ first: Float) throws -> Descriptor {
        try #require(Descriptor(values: [first] + [Float](repeating: 0, count: 127)))
    }

    /// Somebody who is not known stands there; who takes their place moves, so that no shot is as good as the best.
    @Test func poorShotsAreLookedAtNowAndThenAndAreNoEvidence() throws {
        let identifier = Identifier(roster: Roster(people: []), rule: DecisionRule())
        let policy = ShotPolicy()
        var walkBy = WalkBy()
        func isWanted(_ sharpness: Double, at milliseconds: Int) -> Bool {
            walkBy.wants(quality(sharpness: sharpness), at: .milliseconds(milliseconds), policy: policy)
        }
        func isAnother(_ first: Float) throws -> Bool {
            let isAnother = walkBy.isAnotherPerson(try descriptor(first), limits: SplitLimits())
            if !isAnother {
                _ = walkBy.add(try descriptor(first), weight: 1, identifier: identifier, policy: policy)
            }
            return isAnother
        }
        for shot in 0..<policy.earlyShots {
            let (wanted, another) = (isWanted(0.3, at: 66 * shot), try isAnother(0))
            #expect(wanted && !another)
        }
        let last = 66 * (policy.earlyShots - 1)
        let soon = isWanted(0.08, at: last + 300)
        let later = isWanted(0.08, at: last + 600)
        let another = try isAnother(1)
        #expect(!soon && later && another)
        let again = isWanted(0.08, at: last + 1200)
        let same = try !isAnother(0.1)
        #expect(again && same)
        #expect(walkBy.evidence.shots == policy.earlyShots)
    }
}
