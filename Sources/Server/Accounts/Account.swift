import Attendance
import FoundationEssentials

/// A person as staff and the person themselves see them.
public struct Account: Sendable, Equatable, Encodable {
    /// Made by the server.
    public let id: UUID
    /// As rosters and lists show it.
    public let name: String
    /// What they are at the school.
    public let role: Role
    /// What they log in with; nil for somebody who was enrolled without an account.
    public let email: String?
    /// In years.
    public let age: Int?
    /// The class's name; nil for teachers and admins.
    public let className: String?
    /// Whether a profile image is there, at `/users/{id}/image`.
    public let hasImage: Bool
    /// Whether templates may be made.
    public let hasConsent: Bool
    /// How many templates the roster has of them.
    public let templates: Int
    /// When they were made.
    public let created: Instant

    private enum CodingKeys: String, CodingKey {
        case id, name, role, email, age, image, consent, templates, created
        case className = "class"
    }

    /// Writes ids in lower case and times as RFC 3339.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.lowercased, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(role, forKey: .role)
        try values.encode(email, forKey: .email)
        try values.encode(age, forKey: .age)
        try values.encode(className, forKey: .className)
        try values.encode(hasImage ? "/users/\(id.lowercased)/image" : nil, forKey: .image)
        try values.encode(hasConsent, forKey: .consent)
        try values.encode(templates, forKey: .templates)
        try values.encode(created.description, forKey: .created)
    }
}

/// What an admin says of a person who is to be made or changed.
struct AccountDetails: Sendable, Equatable {
    var name: String
    var role: Role
    var email: String?
    var age: Int?
    /// The class's name; students have one, and nobody else.
    var className: String?

    /// Ages that a school has.
    static let ages = 3...120

    /// The details as they are stored.
    /// - Throws: `.refused` for what cannot be.
    func checked() throws(ServerError) -> AccountDetails {
        var checked = self
        checked.name = try Name.person.checked(name)
        checked.email = try email.map(EmailAddress.checked)
        if let age, !(Self.ages ~= age) {
            throw .refused("age is from \(Self.ages.lowerBound) to \(Self.ages.upperBound)")
        }
        switch (role, className) {
        case (.student, let name?): checked.className = try Name.className.checked(name)
        case (.student, nil): throw .refused("a student has a class; give one")
        case (_, nil): break
        case (_, _?): throw .refused("only a student has a class; who teaches a class is said at the class")
        }
        return checked
    }
}
