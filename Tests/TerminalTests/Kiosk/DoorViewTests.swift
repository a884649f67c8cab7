import Attendance
import Capture
import Faces
import Foundation
import Identification
import Testing

@testable import Terminal

@Suite("What the page at the door shows")
struct DoorViewTests {
    private func face(
        _ age: Duration = .seconds(2), faces: Int = 1, refusal: QualityReason? = nil,
        standing: FollowedFace.Standing = .undecided
    ) -> FollowedFace {
        FollowedFace(
            box: FaceBox(left: 270, top: 190, right: 369, bottom: 289), age: age, faces: faces, refusal: refusal,
            standing: standing)
    }

    private func place(_ box: FaceBox) -> StandingPlace {
        StandingPlace(box, width: 640, height: 480, minimumInterEye: 22)
    }

    private func message(_ face: FollowedFace, _ box: FaceBox? = nil) -> DoorMessage? {
        var facts = DoorFacts()
        facts.see(face, at: place(box ?? face.box), now: .seconds(10))
        return facts.message(now: .seconds(10))
    }

    @Test func whoeverStandsThereIsToldWhatToDo() {
        #expect(
            message(face(.milliseconds(500), refusal: .tooDark)) == nil, "a walk-by that goes well is not disturbed")
        #expect(message(face()) == .hold)
        #expect(message(face(.seconds(6))) == .unsure)
        #expect(message(face(faces: 2)) == .alone)
        #expect(message(face(.zero, standing: .named)) == .done)
        #expect(message(face(.zero, standing: .unknown)) == nil && message(face(standing: .unknown)) == .unknown)
        #expect(message(face(refusal: .tooDark)) == .light && message(face(refusal: .turnedAway)) == .look)
        #expect(message(face(), FaceBox(left: 300, top: 200, right: 349, bottom: 249)) == .closer)
        #expect(message(face(), FaceBox(left: 20, top: 200, right: 119, bottom: 299)) == .middle)
        #expect(message(face(), FaceBox(left: 120, top: 40, right: 519, bottom: 439)) == .back)
    }

    @Test func everyRefusalHasAnAnswer() {
        for reason in QualityReason.allCases { #expect(DoorMessage(reason).tone == .advice) }
    }

    @Test func adviceDoesNotFlicker() {
        var facts = DoorFacts()
        let here = face()
        facts.see(face(refusal: .blurred), at: place(here.box), now: .seconds(10))
        facts.see(face(refusal: .tooDark), at: place(here.box), now: .seconds(10.3))
        #expect(facts.message(now: .seconds(10.3)) == .still)
        facts.see(face(refusal: .tooDark), at: place(here.box), now: .seconds(11))
        #expect(facts.message(now: .seconds(11)) == .light)
        // Whoever is recognised, or leaves, is not kept waiting.
        facts.see(face(standing: .named), at: place(here.box), now: .seconds(11.1))
        #expect(facts.message(now: .seconds(11.1)) == .done)
        facts.see(nil, at: nil, now: .seconds(11.2))
        #expect(facts.message(now: .seconds(11.2)) == nil && facts.place(now: .seconds(11.2)) == nil)
    }

    @Test func aFaceGoesWhenTheCameraDoes() {
        var facts = DoorFacts()
        facts.asked = .nod
        facts.see(face(), at: place(face().box), now: .seconds(10))
        #expect(facts.message(now: .seconds(10.9)) == .nod && facts.place(now: .seconds(10.9)) != nil)
        #expect(facts.message(now: .seconds(11)) == nil && facts.place(now: .seconds(11)) == nil)
    }

    @Test func whatAWalkByCameToIsShownForThreeSeconds() throws {
        var facts = DoorFacts()
        facts.ended(with: .unsure, now: .seconds(10))
        #expect(facts.message(now: .seconds(12.9)) == .unsure && facts.message(now: .seconds(13)) == nil)
        // Unless somebody else comes.
        facts.ended(with: .unsure, now: .seconds(15))
        facts.see(face(.zero), at: place(face().box), now: .seconds(15.5))
        #expect(facts.message(now: .seconds(15.5)) == nil)
        // Or is greeted meanwhile.
        facts.ended(with: .unsure, now: .seconds(20))
        facts.greet(Greeting(.again, firstName: nil), person: UUID(), now: .seconds(21))
        #expect(facts.message(now: .seconds(21)) == nil)
    }

    @Test func greetingsAreForgotten() {
        var facts = DoorFacts()
        let person = UUID()
        facts.greet(Greeting(.again, firstName: "A"), person: person, now: .seconds(10))
        #expect(facts.greetings(after: 0, now: .seconds(12.9)).count == 1)
        #expect(
            facts.greetings(after: 0, now: .seconds(13)).isEmpty && facts.greetings(after: 1, now: .seconds(10)).isEmpty
        )
        facts.greet(Greeting(.again, firstName: "A"), person: person, now: .seconds(12))
        #expect(facts.lastNumber == 1, "the same person is not greeted over what is shown")
        facts.greet(Greeting(.again, firstName: "B"), person: UUID(), now: .seconds(14))
        #expect(facts.greetings.map(\.greeting.firstName) == ["B"], "nobody is kept")
        for _ in 0..<20 { facts.greet(Greeting(.again, firstName: nil), person: UUID(), now: .seconds(14)) }
        #expect(facts.greetings.count == DoorFacts.greetingsKept)
    }

    @Test func outcomesAreSaidInWordsThatGiveNothingAway() {
        #expect(DoorMessage(Decision.unsure(.suspicious(.carried))) == .unsure)
        #expect(DoorMessage(Decision.unsure(.lookAlikes(margin: 0, need: 1))) == .unsure)
        #expect(DoorMessage(Decision.unsure(.fewShots(have: 1, need: 3))) == .again)
        #expect(DoorMessage(Decision.unsure(.noGoodShot)) == nil && DoorMessage(Decision.unknown(.emptyRoster)) == nil)
        #expect(DoorMessage(Decision.unknown(.likeNobody(score: -3))) == .unknown)
    }

    @Test func faultsComeFirst() throws {
        var facts = try healthyBoard().current
        facts.door.ended(with: .unsure, now: .seconds(10))
        func now(_ change: (inout StatusFacts) -> Void) -> DoorMessage {
            var changed = facts
            change(&changed)
            return DoorView(changed, now: .seconds(10)).message
        }
        #expect(now { _ in } == .unsure)
        #expect(now { $0.camera.state = .dark } == .cameraDark && now { $0.camera.state = .noFrames } == .cameraAway)
        #expect(now { $0.outbox.alarm = "disk full" } == .storage && now { $0.visionError = "x" } == .broken)
        #expect(now { $0.stalledStages = ["sync"] } == .broken && now { $0.roster.cursor = nil } == .noRoster)
        #expect(now { $0.sync.state = .failing } == .unsure, "marks go on without a server")
    }

    @Test(arguments: [
        ("Grace Hopper", "Grace"), ("Hopper, Grace Brewster", "Grace"), ("Grace", "Grace"), ("  Zoë\tX", "Zoë"),
        ("Hopper,", "Hopper"), ("", nil), ("  ", nil), ("\u{202E}Evil Name", "Evil"), ("A\u{0}B C", "AB"),
        ("<b> x", "<b>"),
    ])
    func firstNames(_ name: String, _ expected: String?) {
        #expect(firstName(of: name) == expected)
    }

    @Test func withoutAClockNoTimeIsSaid() throws {
        var mark = try exampleMark()
        mark.clock = .unknown
        let unknown = Greeting(mark, zone: .utc, firstName: nil)
        #expect(unknown.time == nil && unknown.status == nil && unknown.salute == .hello)
        mark.clock = .server
        let known = Greeting(mark, zone: .utc, firstName: nil)
        #expect(known.time == "07:00" && known.status == .present && known.salute == .morning)
        #expect(
            [0, 11, 12, 17, 18, 23].map { Greeting.Salute(hour: $0) } == [
                .morning, .morning, .afternoon, .afternoon, .evening, .evening,
            ])
    }

    @Test func placesAreCoarseNumbers() {
        let middle = place(FaceBox(left: 270, top: 190, right: 369, bottom: 289))
        #expect(middle.fit == .good && abs(middle.x - 0.5) < 0.001 && abs(middle.y - 0.5) < 0.001)
        #expect(abs(middle.size - 1.5) < 0.001)
        #expect(place(FaceBox(left: 271, top: 191, right: 370, bottom: 290)) == middle, "a step of a pixel is none")
        let cut = place(FaceBox(left: -60, top: 0, right: 139, bottom: 199))
        #expect(cut.fit == .side && (0...1).contains(cut.x))
        #expect(
            StandingPlace(.init(left: 0, top: 0, right: 9999, bottom: 9999), width: 0, height: 0, minimumInterEye: 0)
                .size == 4)
    }
}
