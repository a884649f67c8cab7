import Testing

@testable import Faces
@testable import Terminal

@Suite struct ErrorDiscardTests {
    /// 100 probes of which the 10 least sharp and no others are missed.
    private func trials(isSharpnessToBlame: Bool) -> [Trial] {
        (0..<100).map { index in
            var trial = Trial(person: index, sample: index, draw: 0, isMated: true)
            trial.nearest = index
            let sharpness = isSharpnessToBlame ? Double(index) : Double((index * 37) % 100)
            let quality = FaceQuality(
                interEyeDistance: 60, brightness: 128, sharpness: sharpness, yaw: 0, pitch: 0, roll: 0, reasons: [])
            trial.result = SearchResult(nearest: index, score: 1, second: 0, isNamed: index >= 10, quality: quality)
            return trial
        }
    }

    private func curve(_ measure: String, _ trials: [Trial]) throws -> [Double] {
        try #require(ErrorDiscard.all(of: trials).first { $0.measure == measure }).fnir
    }

    @Test func missesFallWhenTheFacesThatAreToBlameAreLeftOut() throws {
        let curve = try curve("sharpness", trials(isSharpnessToBlame: true))
        #expect(zip(curve, [0.1, 5.0 / 95, 0, 0, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test func missesStayWhereTheMeasureSaysNothing() throws {
        let curve = try curve("sharpness", trials(isSharpnessToBlame: false))
        #expect(curve.allSatisfy { $0 > 0.07 && $0 < 0.13 })
    }

    @Test func probesWithoutAPictureHaveNoCurve() {
        var trial = Trial(person: 0, sample: 0, draw: 0, isMated: true)
        trial.result = SearchResult(nearest: 0, score: 1, second: 0, isNamed: true, quality: nil)
        #expect(ErrorDiscard.all(of: [trial]).isEmpty)
    }
}
