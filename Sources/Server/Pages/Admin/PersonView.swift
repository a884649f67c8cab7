import Attendance
import Faces
import FoundationEssentials

/// Everything that the page of one person shows.
struct PersonView: Sendable {
    let account: Account
    let hasPassword: Bool
    /// The class they are in.
    let ownClass: SchoolClass?
    /// The classes they teach.
    let taught: [SchoolClass]
    /// The newest entry of the audit trail about consent, and who made it.
    let consent: AuditTrail.Entry?
    let consentBy: String?
    let photographs: [EnrolledPhotograph]
    let missing: [EnrolmentAdvice]

    /// For the template.
    func values(for visitor: Visitor) -> [String: Any] {
        let (words, format) = (visitor.words, visitor.format)
        let path = PersonPages.path(account.id)
        var facts: [(String, String)] = [("admin_role", words["admin_role_\(account.role)"])]
        facts.append(("admin_email", account.email ?? words["admin_none"]))
        facts.append(("admin_login", words[loginKey]))
        if let age = account.age { facts.append(("admin_age", "\(age)")) }
        facts.append(("admin_since", format.date(format.zone.day(at: account.created))))
        return [
            "path": path, "personName": account.name,
            "facts": facts.map { ["label": words[$0.0], "value": $0.1] },
            "classes": (ownClass.map { [$0] } ?? taught).map {
                ["path": "/pages/classes/\($0.id.lowercased)", "name": $0.name]
            },
            "hasClasses": ownClass != nil || !taught.isEmpty,
            "isStudent": account.role == .student, "hasConsent": account.hasConsent,
            "canHavePassword": account.email != nil,
            "consentText": consentText(visitor), "consentNote": consent?.detail["note"] ?? "",
            "hasNote": consent?.detail["note"] != nil,
            "withdrawText": words("admin_withdraw_warning", ["count": "\(photographs.count)"]),
            "photographs": photographs.map { photograph in
                [
                    "path": "\(path)/photographs/\(photograph.id.lowercased)/remove",
                    "made": format.moment(photograph.created), "quality": Self.quality(photograph.quality, words),
                ] as [String: Any]
            },
            "hasPhotographs": !photographs.isEmpty, "isMissing": !missing.isEmpty,
            "missing": missing.map { ["text": words["admin_advice_\($0.rawValue)"]] },
            "audit": AdminValue.path("/pages/audit", [("object", account.id.lowercased)]),
        ]
    }

    private var loginKey: String {
        if account.email == nil {
            "admin_login_none"
        } else {
            hasPassword ? "admin_login_yes" : "admin_login_no_password"
        }
    }

    private func consentText(_ visitor: Visitor) -> String {
        let words = visitor.words
        guard let consent else { return words[account.hasConsent ? "admin_consent_given" : "admin_consent_never"] }
        return words(
            consent.action == "consent.give" ? "admin_consent_given_by" : "admin_consent_withdrawn_by",
            [
                "date": visitor.format.date(visitor.zone.day(at: consent.at)),
                "name": consentBy ?? words["admin_the_server"],
            ])
    }

    /// What the line of measures says of the face, in words.
    static func quality(_ line: String, _ words: Words) -> String {
        guard let view = MeasureLine.view(in: line) else { return words["admin_quality_good"] }
        let parts = [
            words[view.isFrontal ? "admin_quality_frontal" : "admin_quality_turned"],
            words[view.isNeutral ? "admin_quality_calm" : "admin_quality_moved"],
        ]
        return (parts + (view.showsGlasses ? [words["admin_quality_glasses"]] : [])).joined(separator: ", ")
    }
}

extension ServerDatabase {
    /// Reads what the page of a person shows; nil where there is nobody.
    func personView(_ id: UUID) throws(ServerError) -> PersonView? {
        guard let account = try accounts.find(id) else { return nil }
        let ownClass = try account.className.map { name throws(ServerError) in try classes.find(name: name) } ?? nil
        var consent: AuditTrail.Entry?
        for action in ["consent.give", "consent.withdraw"] {
            let newest = try audit.list(object: id.lowercased, action: action, page: PageRequest(limit: 1)).first
            if let newest, newest.number > consent?.number ?? 0 { consent = newest }
        }
        let names = try audit.names(of: consent.map { [$0.actor] } ?? [])
        return PersonView(
            account: account, hasPassword: try passwords.find(id) != nil, ownClass: ownClass,
            taught: account.role == .teacher ? try classes.all().filter { $0.teachers.contains(id) } : [],
            consent: consent, consentBy: consent.flatMap { names[$0.actor] },
            photographs: try people.photographs(of: id, page: PageRequest(limit: 100)),
            missing: try people.missing(of: id))
    }
}
