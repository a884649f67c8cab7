import FoundationEssentials
import SyncProtocol

/// A person who is to be made. Without a password nobody can log in as them until they have set one by mail.
struct NewAccount: RequestBody {
    let name: String
    let role: Role
    let email: String?
    let password: String?
    let age: Int?
    let className: String?

    static let wireName = "new user"
    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, role, email, password, age
        case className = "class"
    }

    var details: AccountDetails {
        AccountDetails(name: name, role: role, email: email, age: age, className: className)
    }
}

/// What is to become of a person's details.
struct AccountChange: RequestBody {
    let name: String?
    let role: Role?
    let email: FieldChange<String>
    let age: FieldChange<Int>
    let className: FieldChange<String>

    static let wireName = "change of a user"
    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, role, email, age
        case className = "class"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = values.contains(.name) ? try values.decode(String.self, forKey: .name) : nil
        role = values.contains(.role) ? try values.decode(Role.self, forKey: .role) : nil
        email = try values.change(forKey: .email)
        age = try values.change(forKey: .age)
        className = try values.change(forKey: .className)
    }

    func applied(to old: AccountDetails) -> AccountDetails {
        AccountDetails(
            name: name ?? old.name, role: role ?? old.role, email: email.applied(to: old.email),
            age: age.applied(to: old.age), className: className.applied(to: old.className))
    }
}
