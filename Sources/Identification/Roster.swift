import Faces
import FoundationEssentials

/// One person who may be recognised at a terminal.
public struct RosterPerson: Sendable, Equatable {
    /// The same on every terminal and on the server.
    public var id: UUID
    /// As staff see it.
    public var name: String
    /// The class, which decides the times that count.
    public var className: String
    /// One per photograph that was enrolled.
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
    /// In the order in which matches count them.
    public let people: [RosterPerson]

    /// A roster of these people, in this order.
    public init(people: [RosterPerson]) { self.people = people }
}
