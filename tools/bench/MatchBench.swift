import CDlib
import Faces
import FoundationEssentials
import Identification
import TestSupport

/// One probe against everybody, beside dlib's own `length(a - b)` over the same templates.
struct MatchBench {
    let rounds: Int

    func run(_ show: (Row) -> Void) throws {
        var random = SplitMix(seed: 1)
        func descriptor() throws -> Descriptor {
            let values = (0..<Descriptor.count).map { _ in Float(random.next() >> 40) / Float(1 << 24) * 0.25 - 0.125 }
            guard let made = Descriptor(values: values) else { throw FixtureError("a descriptor could not be made") }
            return made
        }
        for count in [500, 10_000] {
            var people: [RosterPerson] = []
            for index in 0..<count {
                people.append(
                    RosterPerson(
                        id: UUID(), name: "\(index)", className: "",
                        templates: [try descriptor(), try descriptor(), try descriptor()]))
            }
            let matcher = Matcher(roster: Roster(people: people))
            let flat = people.flatMap { $0.templates.flatMap(\.values) }
            guard let reference = dlib_gallery_make(flat, flat.count / Descriptor.count) else {
                throw FixtureError("dlib could not hold the templates")
            }
            defer { dlib_gallery_free(reference) }
            let probe = try descriptor()
            var distances: [Float] = []
            show(
                compare(
                    "matching \(count) people", unit: "probe against 3 templates each", rounds: rounds,
                    ours: { matcher.match(probe, distances: &distances) },
                    reference: { _ = dlib_gallery_nearest(reference, probe.values) }))
        }
    }
}
