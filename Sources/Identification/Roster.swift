import Faces
import FoundationEssentials

/// One person who may be recognised at a terminal.
public struct RosterPerson: Sendable, Equatable {
    public var id: UUID
    public var name: String
    public var className: String
    public var templates: [Descriptor]

    /// A person with the templates that enrolment made; without any, the person is never recognised.
    public init(id: UUID, name: String, className: String, templates: [Descriptor]) {
        self.id = id
        self.name = name
        self.className = className
        self.templates = templates
    }
}

/// Who may be recognised at a terminal.
public struct Roster: Sendable, Equatable {
    public let people: [RosterPerson]

    /// A roster of these people, in this order.
    public init(people: [RosterPerson]) { self.people = people }
}
