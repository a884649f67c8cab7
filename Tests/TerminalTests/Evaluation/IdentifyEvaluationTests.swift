import Testing

@testable import Terminal

@Suite struct IdentifyEvaluationTests {
    private func report(strangers: Int, undetected: Int = 0) -> IdentifyEvaluation.Report {
        let found = (0..<strangers).map { _ in IdentifyEvaluation.Search(nearest: 0, score: 0.1, isNamed: false) }
        let mated = [(search: Optional(IdentifyEvaluation.Search(nearest: 0, score: 0.5, isNamed: true)), truth: 0)]
        return IdentifyEvaluation.summarise(mated: mated, strangers: found + Array(repeating: nil, count: undetected))
    }

    @Test func aRateNeedsAsManyStrangersAsItsReciprocal() {
        for (fpir, enough) in [("0.01", 100), ("0.003", 334), ("0.001", 1000)] {
            #expect(report(strangers: enough).measures(fpir: fpir), "\(fpir)")
            #expect(!report(strangers: enough - 1, undetected: 5).measures(fpir: fpir), "\(fpir)")
        }
    }

    @Test func theDocumentHasANumberWhereThereAreStrangers() {
        #expect(report(strangers: 1).fnirAtFpir == ["0.01": 0, "0.003": 0, "0.001": 0])
        #expect(report(strangers: 0).fnirAtFpir == ["0.01": nil, "0.003": nil, "0.001": nil])
    }
}
