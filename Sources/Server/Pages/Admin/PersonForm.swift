import Attendance
import FoundationEssentials

/// What the form about a person says, as it was typed.
struct PersonForm: Sendable, Equatable {
    var name = ""
    var role = Role.student.rawValue
    var className = ""
    var email = ""
    var age = ""

    init() {}

    init(_ form: PageForm) {
        name = form["name"] ?? ""
        role = form["role"] ?? ""
        className = form["class"] ?? ""
        email = form["email"] ?? ""
        age = form["age"] ?? ""
    }

    init(_ account: Account) {
        name = account.name
        role = account.role.rawValue
        className = account.className ?? ""
        email = account.email ?? ""
        age = account.age.map(String.init) ?? ""
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
