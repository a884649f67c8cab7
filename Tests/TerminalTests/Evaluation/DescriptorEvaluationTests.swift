import Foundation
import Identification
import TestSupport
import Testing

@testable import Terminal

/// The whole way from descriptors to figures, with the terminal's scorer and its calibration.
@Suite struct DescriptorEvaluationTests {
    private func report(spread: Float, draws: Int = 4, budget: Double = 0.05) throws -> IdentifyReport {
        let set = try DescribedFaces.random(count: 600, people: 150, spread: spread)
        var plan = DrawPlan()
        plan.draws = draws
        plan.gallerySize = 50
        plan.enrol = 2
        var rule = DecisionRule()
        rule.budget.strangerNamed = budget
        return try IdentifyEvaluation.run(
            EvaluationPopulation(descriptors: set), descriptors: set, plan: plan, rule: rule)
    }

    @Test func peopleWhoAreFarApartAreFound() throws {
        let report = try report(spread: 0.15)
        #expect(report.gallery == 50 && report.templates == 100 && report.draws == 4)
        #expect(report.probes == 4 * 50 * 2 && report.strangers == 4 * 100 * 4)
        #expect(report.rank1.value == 1 && report.misidentified == 0)
        #expect(report.fnirAtFPIR["0.01"]?.value == 0)
        #expect(report.searchedStrangers == 600)
        #expect(report.discard.isEmpty)
    }

    @Test func peopleWhoseFacesSayNothingAreNot() throws {
        let report = try report(spread: 30)
        #expect((report.rank1.value ?? 1) < 0.2)
        #expect((report.fnirAtFPIR["0.01"]?.value ?? 0) > 0.9)
    }

    @Test func filesThatDoNotFitAreRefused() throws {
        let folder = try TemporaryFolder()
        let files = try DescribedFaces.write(into: folder, owners: [1, 2, 2])
        let set = try DescriptorSet(descriptors: files.descriptors, identities: files.identities)
        #expect(set.identities == [1, 2, 2] && set.descriptors.count == 3)

        let short = try folder.write("short.f32", Data(contentsOf: URL(filePath: files.descriptors)).dropLast())
        let few = try folder.write("few.i32", Data(contentsOf: URL(filePath: files.identities)).dropLast(4))
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: files.descriptors)))
        bytes.replaceSubrange(516..<520, with: [0, 0, 0xC0, 0x7F])
        let poisoned = try folder.write("nan.f32", bytes)
        for (descriptors, identities, word) in [
            (short, files.identities, "1535 bytes"), (files.descriptors, few, "8 bytes"),
            (poisoned, files.identities, "descriptor 1 "), (folder.file("no"), files.identities, "no such file"),
        ] {
            let error = #expect(throws: EvaluationError.self) {
                try DescriptorSet(descriptors: descriptors, identities: identities)
            }
            #expect(error?.description.contains(word) == true, "\(word)")
        }
    }
}
