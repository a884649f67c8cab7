import Attendance
import FoundationEssentials

/// A person who is enrolled.
public struct Person: Sendable, Equatable, Encodable {
    /// Made by the server.
    public let id: UUID
    /// Unique within the class.
    public let name: String
    /// The class, which decides the times of the policy.
    public let className: String
    /// When the first photograph was accepted.
    public let created: Instant
    /// How many templates the roster has of the person.
    public let templates: Int

    private enum CodingKeys: String, CodingKey {
        case id, name, templates
        case className = "class"
        case created = "created_ms"
    }

    /// Writes the id in lower case, as everywhere.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.lowercased, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(className, forKey: .className)
        try values.encode(created, forKey: .created)
        try values.encode(templates, forKey: .templates)
    }
}

/// A face out of an accepted photograph, on its way into the database.
struct NewTemplate: Sendable, Equatable {
    /// The descriptor's bytes.
    let bytes: [UInt8]
    /// The measures of the photograph in one line, for the operator.
    let quality: String
}

/// What became of a template.
enum TemplateVerdict: Sendable, Equatable {
    case added
    /// The very same template is there already, as when a photograph is enrolled twice.
    case known
    /// The person has as many templates as a roster carries.
    case noRoom(limit: Int)
}
