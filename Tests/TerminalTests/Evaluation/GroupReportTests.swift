import Testing

@testable import Terminal

@Suite struct GroupReportTests {
    @Test func errorsOfTheTableSayFileAndLine() {
        for (text, line, word) in [
            ("Ada,north\nBob\n", 2, "not a person"), ("# people\n\nAda,north\nAda,south\n", 4, "in the group north"),
            ("Ada,\n", 1, "not a person"), ("Ada,north,1\n", 1, "not a person"),
        ] {
            let error = #expect(throws: EvaluationError.self) { try Groups(text: text, path: "groups.csv") }
            #expect(error?.description.hasPrefix("groups.csv:\(line): ") == true, "\(text)")
            #expect(error?.description.contains(word) == true, "\(text)")
        }
        let nobody = #expect(throws: EvaluationError.self) { try Groups(text: "# nobody\n", path: "groups.csv") }
        #expect(nobody?.description.hasPrefix("groups.csv: it names nobody; correct --groups: ") == true)
    }

    @Test func aFileThatIsMissingIsOfNoLine() {
        let errors = [
            #expect(throws: EvaluationError.self) { try Groups(path: "/none/groups.csv") },
            #expect(throws: EvaluationError.self) { try PeopleList(path: "/none/groups.csv") },
            #expect(throws: EvaluationError.self) { try Truth(path: "/none/groups.csv") },
        ]
        for (error, option) in zip(errors, ["--groups", "--people-from", "--truth"]) {
            #expect(
                error?.description.hasPrefix("/none/groups.csv: there is no such file; correct \(option): each line")
                    == true)
        }
    }

    @Test func whoIsNobodyIsNamed() throws {
        let population = EvaluationPopulation(descriptors: try DescribedFaces.random(count: 4, people: 4))
        let some = try Groups(text: "0,x\n7,x\n1,y\n5,y\n", path: "groups.csv")
        #expect(try some.unknown(in: population, path: "groups.csv") == ["5", "7"])
        let none = try Groups(text: "Ada,x\nBob,y\n", path: "groups.csv")
        let error = #expect(throws: EvaluationError.self) { try none.unknown(in: population, path: "groups.csv") }
        #expect(
            error?.description.hasPrefix(
                "groups.csv: it names nobody of these people, but Ada, where one of them is 0; correct --groups")
                == true)
    }

    @Test func theTableIsReadAsPeopleWriteIt() throws {
        let groups = try Groups(
            text: "\u{FEFF}Person,Group\r\n Ada , north \r\n# x\r\nBob,south\r\nAda,north\r\n", path: "")
        #expect(groups.groups == ["Ada": "north", "Bob": "south"] && groups.names == ["north", "south"])
    }

    private func figure(_ value: Double?, high: Double = 1) -> Figure {
        Figure(value: value, interval: value.map { Interval(low: $0, high: high) })
    }

    @Test func theWorstGroupIsComparedWithTheBestAndTheMean() throws {
        let ratio = try #require(
            GroupReport.ratio([("a", figure(0.01)), ("b", figure(0.08)), ("c", figure(0.01)), ("d", figure(nil))]))
        #expect(ratio.worst == "b" && ratio.toBest == 8 && !ratio.isAtLeast && ratio.intervalsOverlap)
        // The geometric mean of 1, 8 and 1 is 2.
        #expect(abs(ratio.toGeometricMean - 4) < 1e-9)
    }

    /// Nothing is known of a group without errors but what the rule of 3 leaves.
    @Test func aGroupWithoutErrorsGivesABound() throws {
        let ratio = try #require(GroupReport.ratio([("a", figure(0, high: 0.02)), ("b", figure(0.08))]))
        #expect(ratio.best == "a" && ratio.isAtLeast && abs(ratio.toBest - 4) < 1e-9)
        #expect(!ratio.intervalsOverlap)
        let small = try #require(GroupReport.ratio([("a", figure(0, high: 0.9)), ("b", figure(0.08))]))
        #expect(small.toBest == 1)
        #expect(GroupReport.ratio([("a", figure(0, high: 0.02)), ("b", figure(0, high: 0.02))]) == nil)
        #expect(GroupReport.ratio([("a", figure(0.1))]) == nil)
    }

    @Test func eachGroupHasItsOwnErrors() throws {
        let set = try DescribedFaces.random(count: 8, people: 8)
        let population = EvaluationPopulation(descriptors: set)
        let groups = try Groups(text: "0,x\n1,x\n2,y\n3,y\n4,x\n5,y\n", path: "")
        let trials = (0..<8).map { person in
            var trial = Trial(person: person, sample: person, draw: 0, isMated: person < 4)
            let isRight = person < 2 || person == 2
            trial.nearest = isRight ? person : 0
            trial.result = SearchResult(
                nearest: 0, score: 1, second: 0, isNamed: isRight || person == 5, quality: nil)
            return trial
        }
        let bootstrap = Bootstrap(strata: [Array(0..<4), Array(4..<8)], people: 8)
        let report = GroupReport(trials, population: population, groups: groups, bootstrap: bootstrap)
        #expect(report.groups.map(\.name) == ["x", "y"] && report.ungrouped == 2)
        #expect(report.groups.map(\.fnir.value) == [0, 0.5])
        #expect(report.groups.map(\.fpir.value) == [0, 1])
        #expect(report.groups.map(\.people) == [3, 3])
    }
}
