import Faces

/// What the people of a roster have in common, as the mean of their means: a camera, its light and its size of faces.
///
/// Subtracting the mean of the domain in which one works is usual in speaker recognition (Garcia-Romero & McCree, Supervised
/// domain adaptation for i-vector based speaker recognition, ICASSP 2014). Of n people only (n - 1) / n of it is taken, or
/// one person alone would lose everything.
struct RosterCentre: Sendable {
    /// In projected numbers.
    let place: [Float]
    private let people: Int

    init(of roster: Roster, _ projection: Projection) {
        let enrolled = roster.people.filter { !$0.templates.isEmpty }
        var sum = [Float](repeating: 0, count: projection.calibration.dimensions)
        for person in enrolled {
            let share = 1 / Float(person.templates.count)
            for template in person.templates {
                for (i, value) in projection.project(template).enumerated() { sum[i] += value * share }
            }
        }
        people = enrolled.count
        let scale = people < 2 ? 0 : Float(people - 1) / Float(people * people)
        place = sum.map { $0 * scale }
    }

    /// It stays while so few come and go that it would hardly move: everybody's templates hang on it.
    func isGood(for roster: Roster) -> Bool {
        let now = roster.people.count { !$0.templates.isEmpty }
        return people >= 20 && abs(now - people) <= people / 10
    }

    func enrol(_ person: RosterPerson, _ projection: Projection) -> EnrolledPerson? {
        EnrolledPerson(
            projected: person.templates.map { zip(projection.project($0), place).map { $0 - $1 } }, projection)
    }
}
