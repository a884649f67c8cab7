import Faces
import FoundationEssentials

extension Enroller {
    /// How long people are enrolled before it is looked for who looks alike: the roster must be made ready for that, which
    /// takes as long for one new person as for many.
    private static let batch = Duration.seconds(2)

    /// How often the roster was made ready.
    var editions: Int { faces.number }

    /// Enrols one person. Accepted photographs go in together at the end, refused ones are reported, and so is whoever is
    /// enrolled and looks like an accepted one.
    /// - Parameters:
    ///   - hasConsent: the operator has the person's consent on record; otherwise the database must have it already.
    ///   - progress: called after each photograph.
    /// - Throws: `.refused` without consent.
    public func enrol(
        _ set: PhotographSet, hasConsent: Bool, progress: () -> Void = {}
    ) throws(ServerError) -> EnrolmentReport {
        var entered = [try enter(set, hasConsent: hasConsent, progress: progress)]
        try findLookAlikes(&entered)
        return entered[0].report
    }

    /// Enrols many people, each as one alone is.
    /// - Parameters:
    ///   - goesOn: asked after each of them; where it says no, the others are left out.
    ///   - each: called for each of them who was not left out, some seconds later at most.
    /// - Throws: what went wrong with one of them; those before are enrolled, and were reported.
    public func enrol(
        _ sets: [PhotographSet], hasConsent: Bool, progress: () -> Void = {},
        goesOn: () -> Bool = { true }, each: (PhotographSet, EnrolmentReport) -> Void
    ) throws(ServerError) {
        var next = sets.startIndex
        var isOver = sets.isEmpty
        while !isOver {
            let start = ContinuousClock.now
            var entered: [Entered] = []
            var failure: ServerError?
            while !isOver, failure == nil, entered.isEmpty || ContinuousClock.now - start < Self.batch {
                do throws(ServerError) {
                    entered.append(try enter(sets[next], hasConsent: hasConsent, progress: progress))
                } catch { failure = error }
                next += 1
                isOver = next == sets.endIndex || !goesOn()
            }
            // Whoever is enrolled is reported, also when it cannot be said who looks alike.
            do throws(ServerError) { try findLookAlikes(&entered) } catch { failure = failure ?? error }
            for one in entered { each(one.set, one.report) }
            if let failure { throw failure }
        }
    }

    /// Somebody who was enrolled just now.
    struct Entered {
        let set: PhotographSet
        var report: EnrolmentReport
        /// Of the photographs that were accepted.
        var faces: [Descriptor] = []
    }

    /// Notes with everybody who else looks like them, each once, the most alike first. Of two who were enrolled together
    /// the later one is told of.
    private func findLookAlikes(_ entered: inout [Entered]) throws(ServerError) {
        guard entered.contains(where: { !$0.faces.isEmpty }) else { return }
        try database.people.follow(&faces)
        var later: Set<UUID> = []
        for index in entered.indices.reversed() {
            guard let person = entered[index].report.person else { continue }
            later.insert(person.id)
            let near = entered[index].faces
                .flatMap { LookAlikes.of($0, but: later, in: faces.identifier) }
                .sorted { $0.score > $1.score }
            var seen: Set<UUID> = []
            entered[index].report.lookAlikes = near.filter { seen.insert($0.id).inserted }
        }
    }
}
