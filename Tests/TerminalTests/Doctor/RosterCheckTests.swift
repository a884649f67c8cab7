import Faces
import FoundationEssentials
import Identification
import Testing

@testable import Terminal

struct RosterCheckTests {
    private func status(_ people: [RosterPerson]) -> RosterStatus {
        var status = RosterStatus()
        status.cursor = "c1"
        status.people = people.count
        status.templates = people.reduce(0) { $0 + $1.templates.count }
        let identifier = Identifier(roster: Roster(people: people), rule: DecisionRule())
        var search = LookAlikeSearch(identifier)
        search.advance(people: people.count)
        status.operatingPoint = OperatingPointStatus(identifier.point, lookAlikePairs: search.pairs.count)
        return status
    }

    private func person(_ templates: [Descriptor]) -> RosterPerson {
        RosterPerson(id: UUID(), name: "A", className: "7b", templates: templates)
    }

    private func descriptor(_ seed: Float) throws -> Descriptor {
        try #require(Descriptor(values: (0..<128).map { Float(($0 * 37 + Int(seed)) % 19) / 100 - 0.1 }))
    }

    @Test func aRosterSaysWhenSomebodyIsNamed() throws {
        let finding = RosterCheck(roster: status([person([try descriptor(1)])])).finding
        #expect(finding.verdict == .ok && finding.found.contains("1 person with 1 template; named from 10."))
        #expect(finding.found.contains("at most 1 stranger in 1000 is named and 1 student in 10000 taken for another"))
    }

    @Test func peopleWhoLookAlikeDeserveALook() throws {
        let same = try descriptor(1)
        let finding = RosterCheck(roster: status([person([same]), person([same])])).finding
        #expect(finding.verdict == .warning && finding.found.contains("1 pair of people look so alike"))
    }

    @Test func withoutRosterOrFacesNobodyCanBeRecognised() {
        #expect(RosterCheck(roster: RosterStatus()).finding.verdict == .warning)
        let faceless = RosterCheck(roster: status([person([])])).finding
        #expect(faceless.verdict == .warning && faceless.found.contains("1 person, none with a photograph"))
    }
}
