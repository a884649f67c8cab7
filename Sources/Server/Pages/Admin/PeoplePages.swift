import Attendance
import FoundationEssentials
import Hummingbird

/// Everybody at the school: the list, and making somebody.
struct PeoplePages: Sendable {
    let desk: AdminDesk

    static let path = "/pages/people"

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/people", use: list)
        router.get("/pages/people/new", use: newForm)
        router.post("/pages/people/new", use: create)
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.listPeople)
        let query = try request.query()
        let page = try PageRequest(query, keys: 2)
        let filter = AccountStore.Filter(
            role: query["role"].flatMap(Role.init(rawValue:)), className: query["class"], part: query["search"])
        let (accounts, classes) = try await desk.database.run { database throws(ServerError) in
            (try database.accounts.list(filter, page: page), try database.classes.all())
        }
        let shown = page.shown(of: accounts) { [$0.name, $0.id.lowercased] }
        let words = visitor.words
        func path(_ cursor: String?) -> String {
            AdminValue.path(
                Self.path,
                [
                    ("search", filter.part), ("role", filter.role?.rawValue), ("class", filter.className),
                    ("cursor", cursor),
                ])
        }
        let anyone = ("", words["admin_all"])
        return desk.library.page(
            "admin_people", for: visitor, title: "menu_people", path: Self.path,
            [
                "search": filter.part ?? "", "people": shown.items.map { Self.row($0, words) },
                "isEmpty": shown.items.isEmpty, "isLater": page.after != nil, "first": path(nil),
                "hasMore": shown.next != nil, "next": path(shown.next),
                "isRemoved": query["removed"] != nil,
                "roles": AdminValue.options(
                    [anyone] + Role.allCases.map { ($0.rawValue, words["admin_role_\($0)"]) },
                    chosen: filter.role?.rawValue ?? ""),
                "classes": AdminValue.options(
                    [anyone] + classes.map { ($0.name, $0.name) }, chosen: filter.className ?? ""),
            ])
    }

    private static func row(_ account: Account, _ words: Words) -> [String: Any] {
        let face =
            if account.role != .student { "" } else if !account.hasConsent { words["admin_face_no_consent"] } else {
                words(
                    account.templates == 1 ? "admin_photograph_one" : "admin_photograph_many",
                    ["count": "\(account.templates)"])
            }
        return [
            "path": PersonPages.path(account.id), "name": account.name, "role": words["admin_role_\(account.role)"],
            "class": account.className ?? "", "email": account.email ?? "", "face": face,
        ]
    }

    @Sendable
    private func newForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.createPerson)
        return try await form(PersonForm(), for: visitor)
    }

    @Sendable
    private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.createPerson)
        let typed = PersonForm(try await request.form(of: visitor))
        do {
            let details = try typed.details(visitor.words)
            let caller = visitor.caller.id
            let made = try await desk.database.run { [invites = desk.invites] database throws(ServerError) -> UUID? in
                guard try !database.isTaken(details.email, by: nil) else { return nil }
                return try database.accounts.create(
                    details, password: nil, by: .person(caller), now: Clock.now, invites: invites
                ).id
            }
            guard let made else { throw FormRefusal(visitor.words["admin_email_taken"], .conflict) }
            return .redirect(to: "\(PersonPages.path(made))?done=created", type: .normal)
        } catch {
            guard let refusal = FormRefusal(error, visitor.words) else { throw error }
            return try await form(typed, for: visitor, refusal)
        }
    }

    private func form(_ typed: PersonForm, for visitor: Visitor, _ refusal: FormRefusal? = nil) async throws -> Response
    {
        let classes = try await desk.database.run { database throws(ServerError) in try database.classes.all() }
        var values = typed.values(visitor.words, classes: classes)
        values["action"] = "\(Self.path)/new"
        values["back"] = Self.path
        values.merge(AdminValue.notices(refusal)) { $1 }
        values["submit"] = visitor.words["admin_create"]
        values["mailHint"] = visitor.words[desk.invites ? "admin_mail_hint" : "admin_no_mail_hint"]
        return desk.library.page(
            "admin_person_form", for: visitor, title: "admin_new_person", path: Self.path, values,
            status: refusal?.status ?? .ok)
    }
}
