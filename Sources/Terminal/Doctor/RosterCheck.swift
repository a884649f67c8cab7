import Progress

/// Whom may the terminal name, and how sure must it be?
struct RosterCheck {
    var roster: RosterStatus

    private static func oneIn(_ share: Double) -> Int { Int((1 / share).rounded()) }

    var finding: Finding {
        let name = "roster"
        guard roster.cursor != nil else {
            return .warning(name, "there is none yet: nobody can be recognised", next: "see the row of the server")
        }
        guard roster.templates > 0 else {
            return .warning(
                name, "\(counted(roster.people, "person", "people")), none with a photograph: nobody can be recognised",
                next: "enrol photographs on the server")
        }
        var found = "\(counted(roster.people, "person", "people")) with \(counted(roster.templates, "template"))"
        guard let point = roster.operatingPoint else { return .ok(name, found) }
        found +=
            "; named from \(point.threshold) nats on, so that at most 1 stranger in \(Self.oneIn(point.strangerNamed)) is named "
            + "and 1 student in \(Self.oneIn(point.studentForAnother)) taken for another"
        guard let alike = point.lookAlikePairs, alike > 0 else { return .ok(name, found) }
        return .warning(
            name, "\(found); \(counted(alike, "pair")) of people look so alike that the terminal may be unsure of them",
            next: "more photographs of them help, from several days; who was enrolled under two names is such a pair")
    }
}
