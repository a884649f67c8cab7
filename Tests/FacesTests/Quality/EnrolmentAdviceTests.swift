import Capture
import TestSupport
import Testing

@testable import Faces

struct EnrolmentAdviceTests {
    private func descriptor(_ first: Float) throws -> Descriptor {
        try #require(Descriptor(values: [first] + [Float](repeating: 0, count: 127)))
    }

    private func view(_ yaw: Double = 0, mouth: Double = 0, glasses: Bool = false) -> EnrolledView {
        EnrolledView(yaw: yaw, mouthOpening: mouth, mouthWidth: 0.8, showsGlasses: glasses)
    }

    private func missing(_ shots: (Float, EnrolledView)...) throws -> [EnrolmentAdvice] {
        EnrolmentAdvice.missing(among: try shots.map { try descriptor($0.0) }, views: shots.map(\.1))
    }

    @Test func eachPieceOfAdviceIsForWhatIsMissing() throws {
        #expect(EnrolmentAdvice.missing(among: [], views: []) == [])
        #expect(try missing((0, view())) == [.onlyOne])
        #expect(try missing((0, view()), (0.3, view(0.3))) == [])
        #expect(try missing((0, view(0.4)), (0.3, view(-0.4))) == [.noFrontal])
        #expect(try missing((0, view(0, mouth: 0.1)), (0.3, view(0.3, mouth: 0.06))) == [.noNeutral])
        #expect(try missing((0, view(glasses: true)), (0.3, view(0.3, glasses: true))) == [.glassesInAll])
        #expect(try missing((0, view(glasses: true)), (0.3, view(0.3))) == [])
        #expect(try missing((0, view()), (0.3, view(0.05))) == [.oneAngle])
        #expect(try missing((0, view()), (0.1, view(0.3))) == [.tooAlike])
        #expect(try missing((0, view()), (0.3, view(0.3)), (0.9, view())) == [.perhapsTwoPeople])
    }

    @Test func whatIsNotKnownIsNotSaidToBeMissing() throws {
        let two = [try descriptor(0), try descriptor(0.3)]
        #expect(EnrolmentAdvice.missing(among: two, views: []) == [])
        #expect(EnrolmentAdvice.missing(among: two, views: [view(0.4)]) == [])
    }

    @Test func adviceIsOneSentenceEach() {
        let texts = EnrolmentAdvice.allCases.map(\.text)
        #expect(Set(texts).count == texts.count)
        #expect(texts.allSatisfy { $0.hasSuffix(".") && !$0.dropLast().contains(".") && $0.count < 120 })
    }

    @Test func realPhotographsOfOneAndOfTwoPeople() throws {
        let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        let eileen = try Picture(portrait: "astronaut.png")
        let faces = try [eileen, eileen.noisy(4, seed: 3), Picture(portrait: "grace_hopper.jpg")].map {
            try engine.enrol(photograph: $0.frame())
        }
        func missing(_ chosen: [EnrolledFace]) -> [EnrolmentAdvice] {
            EnrolmentAdvice.missing(
                among: chosen.map(\.descriptor), views: chosen.map { EnrolledView($0.quality) })
        }
        #expect(missing([faces[0], faces[1]]).contains(.tooAlike))
        #expect(missing([faces[0], faces[2]]).contains(.perhapsTwoPeople))
        #expect(!missing([faces[0], faces[1]]).contains(.perhapsTwoPeople))
    }

    @Test func enrolmentIsStricterThanTheTerminal() {
        let (terminal, enrolment) = (QualityLimits(), QualityLimits.enrolment)
        #expect(enrolment.minimumInterEyeDistance > terminal.minimumInterEyeDistance)
        #expect(enrolment.minimumSharpness > terminal.minimumSharpness)
        #expect(enrolment.maximumNoise < terminal.maximumNoise)
        #expect(enrolment.maximumRoll < terminal.maximumRoll && enrolment.maximumYaw < terminal.maximumYaw)
        #expect(enrolment.minimumMouthTexture > terminal.minimumMouthTexture)
        #expect(enrolment.minimumEyeHighlight > terminal.minimumEyeHighlight)
    }
}
