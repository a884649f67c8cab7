import FoundationEssentials
import Hummingbird

extension DatabaseThread {
    /// Decides a walk-by for somebody, by the API or by a page. Who marks must be allowed to correct the person, who
    /// dismisses must be allowed to decide about everybody whom it may have been.
    /// - Returns: the walk-by, with those of its people whom the caller may see.
    /// - Throws: 403, 404, and what `WalkByStore.decide` throws.
    func decide(
        _ id: UUID, _ choice: WalkByStore.Choice, reason: String, by caller: Caller
    ) async throws -> ListedWalkBy {
        try caller.requireSome(.decideWalkBy)
        let (walkBy, objects) = try await run { database throws(ServerError) in
            let walkBy = try database.walkBys.find(id)
            return (walkBy, try database.objects(walkBy?.people ?? []))
        }
        // Of what there is not, the same is said as of what is about others.
        guard caller.may(.decideWalkBy) || objects.values.contains(where: { caller.may(.decideWalkBy, $0) }) else {
            throw Problem.forbidden
        }
        guard walkBy != nil else { throw Problem.notFound }
        switch choice {
        case .mark(let person):
            // Who else it may be, nobody learns by trying.
            if let object = objects[person] {
                try caller.require(.correctAttendance, object)
            } else if !caller.may(.correctAttendance) {
                throw Problem.forbidden
            }
        case .dismiss:
            for object in objects.values { try caller.require(.decideWalkBy, object) }
        }
        let decided = try await run { database throws(ServerError) in
            try database.walkBys.decide(id, choice, reason: reason, by: caller.id, now: Clock.now)
        }
        guard var decided else { throw Problem.notFound }
        decided.hide { caller.may(.readWalkBys) || objects[$0].map { caller.may(.readWalkBys, $0) } ?? false }
        return decided
    }
}

extension ServerDatabase {
    /// What access is asked about, for each of the people.
    fileprivate func objects(_ people: [ListedWalkBy.Candidate]) throws(ServerError) -> [UUID: Access.Object] {
        var objects: [UUID: Access.Object] = [:]
        for candidate in people {
            let classID = try classes.find(name: candidate.className)?.id
            objects[candidate.person] = .person(candidate.person, classID: classID)
        }
        return objects
    }
}

extension ListedWalkBy {
    /// Counts those of the people who are not to be shown, instead of naming them.
    fileprivate mutating func hide(but isShown: (UUID) -> Bool) {
        let shown = people.filter { isShown($0.person) }
        others += people.count - shown.count
        people = shown
    }
}
