import Progress

/// How galleries are drawn from a population.
public struct DrawPlan: Sendable, Equatable {
    /// Galleries; the figures are over all of them.
    public var draws = 1
    /// People of a gallery, drawn at random; nil for everybody who can be enrolled.
    public var gallerySize: Int?
    /// Samples enrolled of each person, at most; where samples are not divided, nil enrols all.
    public var enrol: Int?
    /// Samples searched of each person in a draw, at most, at random; nil for all.
    public var mostProbes: Int?
    /// Another seed draws other galleries.
    public var seed: UInt64 = 1

    /// One gallery of everybody.
    public init() {}
}

/// One gallery, and the samples that are searched in it.
struct GalleryDraw: Sendable {
    struct Enrolled: Sendable {
        var person: Int
        var samples: [Int]
    }

    struct Search: Sendable {
        var person: Int
        var sample: Int
        /// Whether the person is to be found.
        var isMated: Bool
    }

    var gallery: [Enrolled] = []
    var searches: [Search] = []
}

extension EvaluationPopulation {
    /// Draws galleries. People take turns: whoever was in fewer galleries so far comes first, so that everybody is a
    /// stranger about equally often. Who has samples to be searched by beside those that are enrolled is enrolled before
    /// others, who only fill the gallery, those with most samples first.
    /// - Parameter list: the only people who are enrolled and searched; nil for everybody.
    func draws(_ plan: DrawPlan, only list: PeopleList? = nil) throws(EvaluationError) -> [GalleryDraw] {
        let used = try numbers(of: list)
        let enrolled = isDivided ? max(plan.enrol ?? 1, 1) : 0
        let able = used.filter { people[$0].enrolments.count > enrolled }
        let fillers = isDivided ? used.filter { 1...enrolled ~= people[$0].enrolments.count } : []
        let size = plan.gallerySize ?? able.count
        guard size > 0, !able.isEmpty else { throw .badPlan(reason: Self.nobody(enrolled)) }
        guard size <= able.count + fillers.count else {
            throw .badPlan(
                reason: "--gallery-size \(size) is more than the \(able.count + fillers.count) people who can be "
                    + "enrolled; ask for fewer")
        }
        // One gallery of everybody takes the samples in the order of their names, which a person may have given a meaning.
        let isRandom = plan.draws > 1 || plan.gallerySize != nil
        var random = SeededRandom(seed: plan.seed)
        var turns = [Int](repeating: 0, count: people.count)
        return (0..<plan.draws).map { _ in
            var chosen = Self.first(min(size, able.count), of: able, turns: turns, &random)
            for count in (1...max(enrolled, 1)).reversed() {
                let alike = fillers.filter { people[$0].enrolments.count == count }
                chosen += Self.first(min(size - chosen.count, alike.count), of: alike, turns: turns, &random)
            }
            for person in chosen { turns[person] += 1 }
            var draw = GalleryDraw()
            let isInGallery = Set(chosen)
            for index in used {
                let person = people[index]
                var probes = person.probes
                if isRandom && isDivided { probes.shuffle(using: &random) }
                if isInGallery.contains(index) {
                    let samples = isDivided ? probes.prefix(enrolled) : person.enrolments.prefix(plan.enrol ?? .max)
                    draw.gallery.append(.init(person: index, samples: Array(samples)))
                    if isDivided { probes = Array(probes.dropFirst(enrolled)) }
                }
                if let most = plan.mostProbes, probes.count > most {
                    if !isDivided { probes.shuffle(using: &random) }
                    probes = Array(probes.prefix(most))
                }
                let isMated = isInGallery.contains(index) || person.isAbsent
                draw.searches += probes.map { .init(person: index, sample: $0, isMated: isMated) }
            }
            return draw
        }
    }

    private static func first(
        _ count: Int, of people: [Int], turns: [Int], _ random: inout SeededRandom
    ) -> [Int] {
        if count == people.count { return people }
        let shuffled = people.shuffled(using: &random)
        return Array(shuffled.sorted { turns[$0] < turns[$1] }.prefix(count))
    }

    private static func nobody(_ enrolled: Int) -> String {
        enrolled == 0
            ? "nobody can be enrolled"
            : "nobody has more than \(counted(enrolled, "photograph")), of which \(enrolled) would be enrolled; lower --enrol"
    }
}
