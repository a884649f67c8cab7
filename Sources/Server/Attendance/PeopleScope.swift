import Database
import FoundationEssentials

/// Whose part of a list somebody may see, or wants to.
enum PeopleScope: Sendable, Equatable {
    case everybody
    case person(UUID)
    /// A class, by its name.
    case inClass(String)
    /// The classes that a teacher teaches.
    case taught(by: UUID)

    /// The conditions of SQL that say so, and their parameters.
    /// - Parameters:
    ///   - person: the column with the person's id.
    ///   - className: the column with the class's name.
    func condition(person: String, className: String) -> (conditions: [String], parameters: [SQLValue]) {
        switch self {
        case .everybody: ([], [])
        case .person(let id): (["\(person) = ?"], [.id(id)])
        case .inClass(let name): (["\(className) = ?"], [.text(name)])
        case .taught(let teacher):
            (
                [
                    """
                    \(className) IN (SELECT c.name FROM classes c JOIN teaching t ON t.class = c.id WHERE t.teacher = ?)
                    """
                ], [.id(teacher)]
            )
        }
    }
}
