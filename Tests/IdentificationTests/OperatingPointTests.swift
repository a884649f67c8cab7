import Testing

@testable import Identification

struct OperatingPointTests {
    private func risk(_ counts: [Int]) -> RosterRisk {
        RosterRisk(counts: counts, classes: Calibration.standard.classes)
    }

    @Test func tenTimesAsManyPeopleCostTwoNatsAndAThird() {
        let thresholds = [20, 200, 2000, 20_000].map { risk([0, 0, $0]).threshold(strangerNamed: 0.001) }
        #expect(zip(thresholds, thresholds.dropFirst()).allSatisfy { $0 < $1 })
        #expect(abs(thresholds[3] - thresholds[2] - 2.303) < 0.01, "the tail beyond what was seen")
        // As tools/calibrate/calibrate.py says.
        for (found, wanted) in zip(thresholds, [5.46, 7.73, 10.03]) { #expect(abs(found - wanted) < 0.02) }
    }

    @Test func theBudgetIsSpentAndNotExceeded() {
        for counts in [[1, 0, 0], [30, 0, 0], [100, 50, 50], [0, 0, 5000]] {
            for share in [0.01, 0.001, 0.0001] {
                let threshold = risk(counts).threshold(strangerNamed: share)
                let named = risk(counts).strangerNamed(threshold: threshold)
                #expect(named <= share && named > 0.999 * share, "\(counts) \(share)")
            }
        }
    }

    @Test func theMarginKeepsStudentsApart() {
        let school = risk([200, 0, 0])
        let threshold = school.threshold(strangerNamed: 0.01)
        #expect(school.studentForAnother(threshold: threshold, margin: 0) > 0.0001)
        let margin = school.margin(studentForAnother: 0.0001, threshold: threshold)
        #expect(margin > RosterRisk.leastMargin)
        #expect(school.studentForAnother(threshold: threshold, margin: margin) <= 0.0001)
        #expect(school.studentForAnother(threshold: threshold, margin: margin - 0.1) > 0.0001)
        #expect(risk([1, 0, 0]).margin(studentForAnother: 0.0001, threshold: 0) == RosterRisk.leastMargin)
    }

    @Test func whereEverybodyLooksAlikeMoreIsAsked() {
        #expect(OperatingPoint.caution((mean: 0, pairs: 2000), people: 200) < 0.02)
        #expect(OperatingPoint.caution((mean: -3, pairs: 2000), people: 200) < 0.02, "never less")
        #expect(abs(OperatingPoint.caution((mean: 10, pairs: 2000), people: 200) - 2) < 0.02)
        let few = [1, 2, 4, 20].map { OperatingPoint.caution((mean: 0, pairs: $0 * ($0 - 1)), people: $0) }
        #expect(few[0] == 6.5 && zip(few, few.dropFirst()).allSatisfy { $0 > $1 } && few[3] < 0.1)
        #expect(OperatingPoint.caution((mean: 0, pairs: 0), people: 0) == 0)
    }

    @Test func aRosterWithoutTemplatesHasAPoint() {
        let identifier = Identifier(roster: Roster(people: [person("A")]), rule: DecisionRule())
        #expect(identifier.point.people == 0)
        #expect(risk([0, 0, 0]).strangerNamed(threshold: Double(identifier.point.threshold)) == 0)
        var evidence = Evidence()
        evidence.add(face(1, 0), scorer: identifier.scorer)
        #expect(identifier.conclude(evidence) == .unknown(.emptyRoster))
    }
}
