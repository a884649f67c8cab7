import CDlib
import Faces
import FoundationEssentials
import Identification
import TestSupport

/// One probe against everybody, beside dlib's own `length(a - b)` over the same templates. Each round's templates have
/// left the cache since the round before, as they have in a terminal, where the network runs between two probes.
struct MatchBench {
    let rounds: Int

    func run(_ show: (Row) -> Void) throws {
        for (people, name) in [(500, "500"), (10_000, "10,000")] { try run(people, name, show) }
        try evidence(show)
    }

    /// The fourth shot of a walk-by, from its descriptor to what it comes to, among 10,000 people with three templates each,
    /// beside dlib's loop over all of them.
    private func evidence(_ show: (Row) -> Void) throws {
        var random = SplitMix(seed: 2)
        var people = try Self.roster(10_000, &random).people
        for index in people.indices {
            let first = people[index].templates[0].values
            people[index].templates += try (0..<2).map { _ in try Self.near(first, 0.02, &random) }
        }
        let flat = people.flatMap { $0.templates.flatMap(\.values) }
        guard let reference = dlib_gallery_make(flat, flat.count / Descriptor.count) else {
            throw FixtureError("dlib could not hold the templates")
        }
        defer { dlib_gallery_free(reference) }
        let identifier = Identifier(roster: Roster(people: people), rule: DecisionRule())
        let walkBys = try (0..<16).map { walkBy in
            let shots = try (0..<4).map { _ in try Self.near(people[walkBy * 601].templates[0].values, 0.02, &random) }
            var evidence = Evidence()
            for shot in shots.dropLast() { evidence.add(shot, scorer: identifier.scorer) }
            return (evidence: evidence, shot: shots[3])
        }
        var round = 0
        show(
            compare(
                "evidence of a shot, 10,000", processor: "widest", unit: "shot", rounds: rounds,
                ours: {
                    var (evidence, shot) = walkBys[round % walkBys.count]
                    evidence.add(shot, scorer: identifier.scorer)
                    _ = identifier.conclude(evidence)
                },
                reference: {
                    _ = dlib_gallery_nearest(reference, walkBys[round % walkBys.count].shot.values)
                    round += 1
                }))
    }

    private func run(_ people: Int, _ size: String, _ show: (Row) -> Void) throws {
        var random = SplitMix(seed: 1)
        let roster = try Self.roster(people, &random)
        let flat = roster.people.flatMap { $0.templates.flatMap(\.values) }
        guard let reference = dlib_gallery_make(flat, flat.count / Descriptor.count) else {
            throw FixtureError("dlib could not hold the templates")
        }
        defer { dlib_gallery_free(reference) }
        // Another photograph of somebody on the roster.
        let probes = try (0..<16).map {
            try Self.near(roster.people[$0 * 601 % people].templates[0].values, 0.05, &random)
        }
        for (name, processor) in [("AVX2", Matcher.Processor.avx2), ("AVX-512", .avx512), ("base", .base)] {
            guard let matcher = Matcher(roster: roster, processor: processor) else { continue }
            for count in [1, 4] {
                var round = 0
                show(
                    compare(
                        "matching \(size): \(count) nearest", processor: name, unit: "probe", rounds: rounds,
                        ours: { _ = matcher.nearest(to: probes[round % probes.count], count: count) },
                        reference: {
                            _ = dlib_gallery_nearest(reference, probes[round % probes.count].values)
                            round += 1
                        }))
            }
        }
    }

    /// People with one template each, distributed as the descriptors of people are: about one mean, at distances of about 0.8.
    static func roster(_ count: Int, _ random: inout SplitMix) throws -> Roster {
        let mean = (0..<Descriptor.count).map { _ in 0.117 * normal(&random) }
        return Roster(
            people: try (0..<count).map { index in
                RosterPerson(
                    id: UUID(), name: "\(index)", className: "", templates: [try near(mean, 0.05, &random)])
            })
    }

    private static func near(_ centre: [Float], _ width: Float, _ random: inout SplitMix) throws -> Descriptor {
        guard let made = Descriptor(values: centre.map { $0 + width * normal(&random) }) else {
            throw FixtureError("a descriptor could not be made")
        }
        return made
    }

    /// Nearly normal, deviation 1: the sum of twelve uniform numbers.
    private static func normal(_ random: inout SplitMix) -> Float {
        (0..<12).reduce(Float(-6)) { sum, _ in sum + Float(random.next() >> 40) / Float(1 << 24) }
    }
}
