import Foundation
import Identification
import Testing

@testable import Terminal

@Suite struct IdentifyReportTests {
    private func trial(
        _ person: Int, sample: Int, isMated: Bool, score: Float?, nearest: Int? = nil, isNamed: Bool = false
    ) -> Trial {
        var trial = Trial(person: person, sample: sample, draw: 0, isMated: isMated)
        trial.nearest = nearest
        trial.result = score.map {
            SearchResult(nearest: nearest ?? -1, score: $0, second: -.infinity, isNamed: isNamed, quality: nil)
        }
        return trial
    }

    private func report(_ trials: [Trial]) throws -> IdentifyReport {
        let samples = (trials.map(\.sample).max() ?? 0) + 1
        let people = (trials.map(\.person).max() ?? 0) + 1
        let set = try DescribedFaces.random(count: samples, people: people)
        return IdentifyReport(
            trials: trials, population: EvaluationPopulation(descriptors: set), groups: nil,
            budget: ErrorBudget(strangerNamed: 0.01, studentForAnother: 0.001))
    }

    private func report(strangers: Int, undetected: Int = 0) throws -> IdentifyReport {
        let mated = [trial(0, sample: 0, isMated: true, score: 0.5, nearest: 0, isNamed: true)]
        let found = (0..<strangers).map { trial(1 + $0, sample: 1 + $0, isMated: false, score: 0.1, nearest: 0) }
        let missing = (0..<undetected).map {
            trial(1 + strangers + $0, sample: 1 + strangers + $0, isMated: false, score: nil)
        }
        return try report(mated + found + missing)
    }

    @Test func aRateNeedsAsManyStrangersAsItsReciprocal() throws {
        for (fpir, enough) in [(0.01, 100), (0.003, 334)] {
            #expect(try report(strangers: enough).measures(fpir: fpir), "\(fpir)")
            #expect(try !report(strangers: enough - 1, undetected: 5).measures(fpir: fpir), "\(fpir)")
        }
    }

    @Test func theSameFaceInAnotherGalleryIsNoOtherStranger() throws {
        let mated = [trial(0, sample: 0, isMated: true, score: 0.5, nearest: 0, isNamed: true)]
        let again = (0..<200).map { _ in trial(1, sample: 1, isMated: false, score: 0.1, nearest: 0) }
        #expect(try !report(mated + again).measures(fpir: 0.01))
    }

    @Test func errorsAreCountedAsTheyAreDefined() throws {
        let report = try report([
            trial(0, sample: 0, isMated: true, score: 9, nearest: 0, isNamed: true),
            trial(1, sample: 1, isMated: true, score: 2, nearest: 1),
            trial(2, sample: 2, isMated: true, score: 8, nearest: 0, isNamed: true),
            trial(3, sample: 3, isMated: true, score: nil),
            trial(4, sample: 4, isMated: false, score: 5, nearest: 1, isNamed: true),
            trial(5, sample: 5, isMated: false, score: 1, nearest: 1),
            trial(6, sample: 6, isMated: false, score: nil),
        ])
        #expect(report.rank1.value == 0.5)
        #expect(report.fnir.value == 0.75)
        #expect(report.fpir.value == 0.5 && report.fpirRatio.value == 50)
        #expect(report.misidentified == 1 && report.misidentification.value == 0.25)
        #expect(report.notDetected == 2)
        #expect(report.mistakes.map(\.face) == ["2", "4"] && report.mistakes.map(\.named) == ["0", "1"])
        #expect(report.mistakes.map(\.isEnrolled) == [true, false])
        // No stranger may be named: the score must exceed the highest one's, which is 5.
        #expect(report.fnirAtFPIR.mapValues(\.value) == ["0.01": 0.75, "0.003": 0.75, "0.001": 0.75])
    }

    @Test func theDocumentHasEveryKeyAndNullForWhatIsNotKnown() throws {
        func document(_ report: IdentifyReport) throws -> [String: Any] {
            let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report))
            return try #require(json as? [String: Any])
        }
        let with = try document(report(strangers: 1))
        #expect((with["fnir_at_fpir"] as? [String: Double]) == ["0.01": 0, "0.003": 0, "0.001": 0])
        #expect(((with["intervals"] as? [String: Any])?["rank1"] as? [Double])?.count == 2)
        let without = try document(report(strangers: 0))
        #expect(without["fpir"] is NSNull)
        #expect((without["fnir_at_fpir"] as? [String: Any])?["0.01"] is NSNull)
        #expect(Set(with.keys) == Set(without.keys))
    }
}
