import TestSupport
import Testing

@testable import Terminal

@Suite struct BootstrapTests {
    /// Photographs that all fail or all succeed with their person say no more than one each.
    @Test func peopleAreResampledAndNotPhotographs() throws {
        let people = 100
        func width(photographs: Int) throws -> Double {
            let cases = (0..<people).flatMap { person in (0..<photographs).map { _ in (person, person < 20) } }
            let figure = Bootstrap(strata: [Array(0..<people)], people: people)
                .figures([.share(cases.map { (person: $0.0, isError: $0.1) })])[0]
            #expect(figure.value == 0.2)
            let interval = try #require(figure.interval)
            return interval.high - interval.low
        }
        let one = try width(photographs: 1)
        // 2 * 1.96 * sqrt(0.2 * 0.8 / 100) by the normal approximation.
        #expect(abs(one - 0.157) < 0.02)
        #expect(try width(photographs: 30) == one)
    }

    /// The true rate lies in 95 of 100 intervals, where people differ and each has several photographs.
    @Test func intervalsCoverTheTruth() throws {
        var random = SplitMix(seed: 5)
        let people = 80
        var covered = 0
        for _ in 0..<200 {
            let cases = (0..<people).flatMap { person in
                let isPoor = Int.random(in: 0..<4, using: &random) == 0
                let rate = isPoor ? Double.random(in: 0.2...0.8, using: &random) : 0.1
                return (0..<8).map { _ in (person: person, isError: Double.random(in: 0..<1, using: &random) < rate) }
            }
            let bootstrap = Bootstrap(strata: [Array(0..<people)], people: people)
            let interval = try #require(bootstrap.figures([.share(cases)], resamples: 400)[0].interval)
            if interval.low <= 0.2, 0.2 <= interval.high { covered += 1 }
        }
        #expect(covered > 178 && covered < 200)
    }

    @Test func theRuleOfThreeStandsWhereNobodyErred() throws {
        let cases = (0..<100).flatMap { person in [(person: person, isError: false), (person: person, isError: false)] }
        let bootstrap = Bootstrap(strata: [Array(0..<100)], people: 100)
        let none = try #require(bootstrap.figures([.share(cases)])[0].interval)
        #expect(none.low == 0 && abs(none.high - 0.0295) < 0.0005)
        let all = try #require(bootstrap.figures([.share(cases.map { ($0.person, true) })])[0].interval)
        #expect(all.high == 1 && abs(all.low - 0.9705) < 0.0005)
    }

    @Test func oneErrorSaysNoMoreThanNone() throws {
        let bootstrap = Bootstrap(strata: [Array(0..<100)], people: 100)
        func interval(erring: Int) throws -> Interval {
            let cases = (0..<100).flatMap { person in (0..<10).map { (person, person == 0 && $0 < erring) } }
            return try #require(bootstrap.figures([.share(cases.map { (person: $0.0, isError: $0.1) })])[0].interval)
        }
        #expect(try interval(erring: 1).high >= interval(erring: 0).high)
        #expect(try interval(erring: 10).high > interval(erring: 0).high)
    }

    @Test func theSameFiguresComeAtEveryRun() {
        let cases = (0..<50).map { (person: $0, isError: $0 % 7 == 0) }
        let bootstrap = Bootstrap(strata: [Array(0..<25), Array(25..<50)], people: 60)
        #expect(bootstrap.figures([.share(cases)]) == bootstrap.figures([.share(cases)]))
    }

    @Test func aShareOfNothingIsUnknown() {
        let figure = Bootstrap(strata: [[0]], people: 1).figures([.share([])])[0]
        #expect(figure.value == nil && figure.interval == nil)
    }
}
