import Attendance
import Crypto
import FoundationEssentials

/// What the form about a person says, as it was typed.
struct PersonForm: Sendable, Equatable {
    var name = ""
    var role = Role.student.rawValue
    var className = ""
    var email = ""
    var age = ""
    /// What stands for the details that the form began with: whoever changes old ones undoes what others did meanwhile.
    private(set) var before = ""

    init() {}

    init(_ form: PageForm) {
        name = form["name"] ?? ""
        role = form["role"] ?? ""
        className = form["class"] ?? ""
        email = form["email"] ?? ""
        age = form["age"] ?? ""
        before = form["before"] ?? ""
    }

    init(_ account: Account) {
        name = account.name
        role = account.role.rawValue
        className = account.className ?? ""
        email = account.email ?? ""
        age = account.age.map(String.init) ?? ""
        before = Self.stamp(account.details)
    }

    static func stamp(_ details: AccountDetails) -> String {
        let parts = [
            details.name, details.role.rawValue, details.email ?? "", details.age.map(String.init) ?? "",
            details.className ?? "",
        ]
        return Base64URL.encode(SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8)))
    }

    /// The details, checked before a store sees them, so that what is wrong is said in the reader's words.
    func details(_ words: Words) throws(FormRefusal) -> AccountDetails {
        guard (try? Name.person.checked(name)) != nil else { throw FormRefusal(words["admin_bad_name"]) }
        guard let role = Role(rawValue: role) else { throw FormRefusal(words["admin_bad_role"]) }
        if role == .student {
            guard (try? Name.className.checked(className)) != nil else { throw FormRefusal(words["admin_bad_class"]) }
        }
        if !email.isEmpty, EmailAddress.normalised(email) == nil { throw FormRefusal(words["admin_bad_email"]) }
        let years = Int(age)
        if !age.isEmpty, years.map({ AccountDetails.ages ~= $0 }) != true {
            throw FormRefusal(
                words(
                    "admin_bad_age",
                    ["from": "\(AccountDetails.ages.lowerBound)", "to": "\(AccountDetails.ages.upperBound)"]))
        }
        return AccountDetails(
            name: name, role: role, email: EmailAddress.normalised(email), age: years,
            className: role == .student ? className : nil)
    }

    /// For the template.
    func values(_ words: Words, classes: [SchoolClass]) -> [String: Any] {
        [
            "typedName": name, "typedClass": className, "typedEmail": email, "typedAge": age,
            "before": before,
            "roles": AdminValue.options(
                Role.allCases.reversed().map { ($0.rawValue, words["admin_role_\($0)"]) }, chosen: role),
            "classes": classes.map { ["name": $0.name] },
        ]
    }
}

extension ServerDatabase {
    /// Whether somebody else has the address.
    func isTaken(_ email: String?, by others: UUID?) throws(ServerError) -> Bool {
        guard let email, let owner = try passwords.owner(of: email) else { return false }
        return owner != others
    }
}
