import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// One person: details, consent, photographs, and what an admin does about them.
struct PersonPages: Sendable {
    let desk: AdminDesk

    /// Where the page of a person is.
    static func path(_ id: UUID) -> String { "\(PeoplePages.path)/\(id.lowercased)" }

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/people/{user_id}", use: show)
        router.get("/pages/people/{user_id}/change", use: changeForm)
        router.post("/pages/people/{user_id}/change", use: change)
        router.get("/pages/people/{user_id}/remove", use: removeForm)
        router.post("/pages/people/{user_id}/remove", use: remove)
        router.post("/pages/people/{user_id}/consent", use: setConsent)
        router.post("/pages/people/{user_id}/photographs/{photograph_id}/remove", use: removePhotograph)
        PasswordPages(desk: desk).add(to: router)
    }

    @Sendable
    private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let account = try await person(context, visitor, .readPerson)
        let done = try request.query()["done"].flatMap { visitor.words.texts["admin_done_\($0)"] }
        return try await page(account.id, for: visitor, done: done)
    }

    /// - Parameters:
    ///   - done: what was just done.
    ///   - refusal: why it was not.
    private func page(
        _ id: UUID, for visitor: Visitor, done: String? = nil, refusal: FormRefusal? = nil
    ) async throws -> Response {
        let view = try await desk.database.run { database throws(ServerError) in try database.personView(id) }
        guard let view else { throw Problem.notFound }
        var values = view.values(for: visitor)
        values.merge(AdminValue.notices(done: done, refusal)) { $1 }
        values["sendsMail"] = desk.invites
        return desk.library.page(
            "admin_person", for: visitor, title: view.account.name, path: PeoplePages.path, values,
            status: refusal?.status ?? .ok)
    }

    @Sendable
    private func changeForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let account = try await person(context, visitor, .changePerson)
        return try await form(PersonForm(account), account.id, for: visitor)
    }

    @Sendable
    private func change(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let account = try await person(context, visitor, .changePerson)
        let typed = PersonForm(try await request.form(of: visitor))
        do {
            let details = try typed.details(visitor.words)
            try await store(details, in: typed, of: account, by: visitor)
            return .redirect(to: "\(Self.path(account.id))?done=changed", type: .normal)
        } catch {
            guard let refusal = FormRefusal(error, visitor.words) else { throw error }
            return try await form(typed, account.id, for: visitor, refusal)
        }
    }

    private func store(
        _ details: AccountDetails, in form: PersonForm, of account: Account, by visitor: Visitor
    ) async throws {
        let caller = visitor.caller.id
        let stale = visitor.words["admin_person_stale"]
        let isTaken = try await desk.database.run { [invites = desk.invites] database throws(ServerError) -> Bool in
            guard try !database.isTaken(details.email, by: account.id) else { return true }
            _ = try database.accounts.change(
                account.id, by: .person(caller), now: Clock.now, invites: invites
            ) { old throws(ServerError) in
                guard PersonForm.stamp(old) == form.before else { throw ServerError.taken(stale) }
                return details
            }
            return false
        }
        if isTaken { throw FormRefusal(visitor.words["admin_email_taken"], .conflict) }
    }

    private func form(
        _ typed: PersonForm, _ id: UUID, for visitor: Visitor, _ refusal: FormRefusal? = nil
    ) async throws -> Response {
        let classes = try await desk.database.run { database throws(ServerError) in try database.classes.all() }
        var values = typed.values(visitor.words, classes: classes)
        values["action"] = "\(Self.path(id))/change"
        values["back"] = Self.path(id)
        values.merge(AdminValue.notices(refusal)) { $1 }
        values["submit"] = visitor.words["save"]
        values["mailHint"] = visitor.words[desk.invites ? "admin_mail_hint" : "admin_no_mail_hint"]
        return desk.library.page(
            "admin_person_form", for: visitor, title: "admin_change_person", path: PeoplePages.path, values,
            status: refusal?.status ?? .ok)
    }

    @Sendable
    private func removeForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        return confirmation(of: try await person(context, visitor, .removePerson), for: visitor)
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let account = try await person(context, visitor, .removePerson)
        _ = try await request.form(of: visitor)
        do {
            _ = try await desk.database.run { database throws(ServerError) in
                try database.accounts.remove(account.id, by: .person(visitor.caller.id), now: Clock.now)
            }
        } catch ServerError.taken {
            return confirmation(of: account, for: visitor, FormRefusal(visitor.words["admin_last_admin"], .conflict))
        }
        return .redirect(to: "\(PeoplePages.path)?removed=1", type: .normal)
    }

    private func confirmation(of account: Account, for visitor: Visitor, _ refusal: FormRefusal? = nil) -> Response {
        desk.confirmation(
            ofRemoving: account.name, at: Self.path(account.id), menu: PeoplePages.path,
            text: visitor.words("admin_remove_text", ["name": account.name]), for: visitor, refusal)
    }

    @Sendable
    private func setConsent(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let account = try await person(context, visitor, .recordConsent)
        let form = try await request.form(of: visitor)
        let isGiven = form["given"] == "yes"
        guard isGiven || form["given"] == "no" else { throw Problem.badRequest("given: give yes or no") }
        let note = form["note"]
        if let note, !ConsentBody.isNote(note) {
            return try await page(account.id, for: visitor, refusal: FormRefusal(visitor.words["admin_bad_note"]))
        }
        // Twice the same is said once.
        if isGiven != account.hasConsent {
            _ = try await desk.database.run { database throws(ServerError) in
                try database.people.setConsent(
                    isGiven, note: note, of: account.id, by: .person(visitor.caller.id), now: Clock.now)
            }
        }
        let done = isGiven ? "consent" : "withdrawn"
        return .redirect(to: "\(Self.path(account.id))?done=\(done)", type: .normal)
    }

    @Sendable
    private func removePhotograph(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let account = try await person(context, visitor, .enrolPhotograph)
        _ = try await request.form(of: visitor)
        let photograph = try context.id("photograph_id")
        _ = try await desk.database.run { database throws(ServerError) in
            try database.people.removePhotograph(
                photograph, of: account.id, by: .person(visitor.caller.id), now: Clock.now)
        }
        return .redirect(to: "\(Self.path(account.id))?done=photograph", type: .normal)
    }

    /// The person in the path. These pages are for those who manage people, whoever else may read a person.
    private func person(
        _ context: ServerRequestContext, _ visitor: Visitor, _ action: Access.Action
    ) async throws -> Account {
        try visitor.caller.require(.listPeople)
        return try await desk.database.person(try context.id("user_id"), for: visitor.caller, action)
    }
}
