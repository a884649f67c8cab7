import TestSupport
import Testing

@testable import Terminal

@Suite struct GalleryDrawTests {
    /// 10 people with 6 faces, 10 with 2, 30 with 1.
    private func population() throws -> EvaluationPopulation {
        let folder = try TemporaryFolder()
        let owners =
            (0..<10).flatMap { Array(repeating: Int32($0), count: 6) }
            + (10..<20).flatMap { Array(repeating: Int32($0), count: 2) } + (20..<50).map(Int32.init)
        let files = try DescribedFaces.write(into: folder, owners: owners)
        return EvaluationPopulation(
            descriptors: try DescriptorSet(descriptors: files.descriptors, identities: files.identities))
    }

    private func plan(_ draws: Int, size: Int?, enrol: Int, most: Int? = nil) -> DrawPlan {
        var plan = DrawPlan()
        plan.draws = draws
        plan.gallerySize = size
        plan.enrol = enrol
        plan.mostProbes = most
        return plan
    }

    @Test func nobodyIsEnrolledAndAStranger() throws {
        let population = try population()
        for draw in try population.draws(plan(20, size: 7, enrol: 3, most: 2)) {
            let enrolled = Set(draw.gallery.map(\.person))
            #expect(enrolled.count == 7 && draw.gallery.allSatisfy { $0.samples.count == 3 })
            #expect(Set(draw.searches.filter(\.isMated).map(\.person)) == enrolled)
            #expect(enrolled.isDisjoint(with: draw.searches.filter { !$0.isMated }.map(\.person)))
            let templates = Set(draw.gallery.flatMap(\.samples))
            #expect(templates.isDisjoint(with: draw.searches.map(\.sample)))
            #expect(Set(draw.searches.map(\.sample)).count == draw.searches.count)
            let counts = Dictionary(grouping: draw.searches, by: \.person).mapValues(\.count)
            #expect(counts.values.max() == 2)
        }
    }

    @Test func everybodyTakesTheirTurnAsAStranger() throws {
        let draws = try population().draws(plan(20, size: 8, enrol: 3))
        var times: [Int: Int] = [:]
        for draw in draws { for enrolled in draw.gallery { times[enrolled.person, default: 0] += 1 } }
        #expect(times.count == 10 && times.values.allSatisfy { $0 == 16 })
        #expect(Set(draws.map { $0.gallery.map(\.person) }).count > 10)
    }

    @Test func aLargerGalleryIsFilledWithWhoHasFewer() throws {
        let draws = try population().draws(plan(3, size: 25, enrol: 3))
        for draw in draws {
            #expect(Set(0..<10).isSubset(of: draw.gallery.map(\.person)) && draw.gallery.count == 25)
            #expect(Set(draw.searches.filter(\.isMated).map(\.person)) == Set(0..<10))
            #expect(Set(draw.searches.filter { !$0.isMated }.map(\.person)).count == 25)
        }
    }

    @Test func whatCannotBeDrawnIsSaid() throws {
        let population = try population()
        #expect(throws: EvaluationError.self) { try population.draws(plan(1, size: 51, enrol: 3)) }
        #expect(throws: EvaluationError.self) { try population.draws(plan(1, size: nil, enrol: 6)) }
        #expect(throws: Never.self) { try population.draws(plan(1, size: 50, enrol: 3)) }
    }

    @Test func oneGalleryOfEverybodyTakesPhotographsInTheirOrder() throws {
        let draw = try #require(try population().draws(plan(1, size: nil, enrol: 2)).first)
        #expect(draw.gallery.count == 10)
        #expect(draw.gallery.allSatisfy { $0.samples == [$0.person * 6, $0.person * 6 + 1] })
        #expect(draw.searches.count { $0.isMated } == 40)
    }

    @Test func anotherSeedDrawsOthers() throws {
        var other = plan(4, size: 5, enrol: 1)
        let population = try population()
        func people(_ plan: DrawPlan) throws -> [[Int]] {
            try population.draws(plan).map { $0.gallery.map(\.person).sorted() }
        }
        #expect(try people(other) == people(other))
        let first = try people(other)
        other.seed = 2
        #expect(try people(other) != first)
    }

    @Test func aListKeepsOnlyItsPeople() throws {
        let population = try population()
        let list = try PeopleList(text: "# seen by nobody\n3\n 4\n\n20\n", path: "list")
        let draw = try #require(try population.draws(plan(1, size: nil, enrol: 2), only: list).first)
        #expect(draw.gallery.map(\.person) == [3, 4])
        #expect(Set(draw.searches.map(\.person)) == [3, 4, 20])
        let unknown = try PeopleList(text: "50", path: "list")
        #expect(throws: EvaluationError.self) { try population.draws(plan(1, size: nil, enrol: 2), only: unknown) }
    }
}
