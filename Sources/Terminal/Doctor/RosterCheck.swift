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
                name, "none of its \(roster.people) people has a photograph: nobody can be recognised",
                next: "enrol photographs on the server")
        }
        var found = "\(roster.people) people with \(roster.templates) templates"
        guard let point = roster.operatingPoint else { return .ok(name, found) }
        found +=
            "; named from \(point.threshold) nats on, so that at most 1 stranger in \(Self.oneIn(point.strangerNamed)) is named "
            + "and 1 student in \(Self.oneIn(point.studentForAnother)) taken for another"
        guard let alike = point.lookAlikePairs, alike > 0 else { return .ok(name, found) }
        let pairs = alike == 1 ? "1 pair" : "\(alike) pairs"
        return .warning(
            name, "\(found); \(pairs) of people look so alike that the terminal may be unsure of them",
            next: "more photographs of them help, from several days; who was enrolled under two names is such a pair")
    }
}
