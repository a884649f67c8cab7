import Attendance
import FoundationEssentials

/// A person as staff and the person themselves see them.
public struct Account: Sendable, Equatable {
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
}

/// An account as it is sent: times in the school's time zone.
public struct AccountAnswer: Sendable, Encodable {
    let account: Account
    let zone: TimeZoneRules

    /// - Parameter zone: the school's time zone.
    public init(account: Account, zone: TimeZoneRules) {
        self.account = account
        self.zone = zone
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, role, email, age, image, consent, templates
        case className = "class"
        case created = "created_at"
    }

    /// Writes ids in lower case and times as RFC 3339.
    public func encode(to encoder: any Encoder) throws {
        let id = account.id.lowercased
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(account.name, forKey: .name)
        try values.encode(account.role, forKey: .role)
        try values.encode(account.email, forKey: .email)
        try values.encode(account.age, forKey: .age)
        try values.encode(account.className, forKey: .className)
        try values.encode(account.hasImage ? "/users/\(id)/image" : nil, forKey: .image)
        try values.encode(account.hasConsent, forKey: .consent)
        try values.encode(account.templates, forKey: .templates)
        try values.encode(zone.text(of: account.created), forKey: .created)
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
