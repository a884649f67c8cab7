import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Who there is at the school.
struct UserRoutes: Sendable {
    let logins: Logins
    /// Whether people with a new e-mail address and without a password get a letter by which to set one.
    let invites: Bool
    private var database: DatabaseThread { logins.database }

    init(logins: Logins, invites: Bool) {
        self.logins = logins
        self.invites = invites
    }

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/signup", use: signUp)
        router.post("/user/create", use: create)
        router.get("/users", use: list)
        router.get("/users/me", use: me)
        router.get("/users/{user_id}", use: read)
        router.patch("/users/{user_id}", use: change)
        router.delete("/users/{user_id}", use: remove)
    }

    /// Teachers and students; an admin is made by `/user/create`, so that none is made by mistake.
    @Sendable
    private func signUp(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<AccountAnswer> {
        let caller = try context.authenticatedCaller()
        try caller.require(.createPerson)
        let new = try await request.body(NewAccount.self)
        guard new.role != .admin else { throw Problem.badRequest("role: give teacher or student") }
        guard new.email != nil else { throw Problem.badRequest("email: somebody who signs up has one") }
        return try await make(new, by: caller)
    }

    @Sendable
    private func create(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<AccountAnswer> {
        let caller = try context.authenticatedCaller()
        try caller.require(.createPerson)
        return try await make(try await request.body(NewAccount.self), by: caller)
    }

    private func make(_ new: NewAccount, by caller: Caller) async throws -> JSONAnswer<AccountAnswer> {
        // Before the expensive hash.
        let details = try new.details.checked()
        if new.password != nil, new.email == nil {
            throw Problem.badRequest("password: who has one has an e-mail address, to log in with")
        }
        var hash: PasswordHash?
        if let password = new.password { hash = try await logins.hash(try Password(chosen: password)) }
        let account = try await database.run { [hash, invites] database throws(ServerError) in
            try database.accounts.create(
                details, password: hash, by: .person(caller.id), now: Clock.now, invites: invites)
        }
        return try await database.answer(
            account, status: .created, headers: [.location: "/users/\(account.id.lowercased)"])
    }

    @Sendable
    private func list(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<AccountAnswer>> {
        try context.authenticatedCaller().require(.listPeople)
        let page = try PageRequest(request, keys: 2)
        let filter = AccountStore.Filter(
            role: try request.choice("role"), className: try request.parameter("class"),
            search: try request.parameter("search"))
        let (accounts, zone) = try await database.run { database throws(ServerError) in
            (try database.accounts.list(filter, page: page), try database.policies.current().zone)
        }
        let answers = accounts.map { AccountAnswer(account: $0, zone: zone) }
        return JSONAnswer(page.page(of: answers) { [$0.account.name, $0.account.id.lowercased] })
    }

    @Sendable
    private func me(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<AccountAnswer> {
        let caller = try context.authenticatedCaller()
        return try await database.answer(try await database.person(caller.id, for: caller, .readPerson))
    }

    @Sendable
    private func read(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<AccountAnswer> {
        let caller = try context.authenticatedCaller()
        let account = try await database.person(try context.id("user_id"), for: caller, .readPerson)
        return try await database.answer(account)
    }

    @Sendable
    private func change(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<AccountAnswer> {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        _ = try await database.person(id, for: caller, .changePerson)
        let change = try await request.body(AccountChange.self)
        let account = try await database.run { [invites] database throws(ServerError) in
            try database.accounts.change(
                id, by: .person(caller.id), now: Clock.now, invites: invites
            ) { old throws(ServerError) in change.applied(to: old) }
        }
        guard let account else { throw Problem.notFound }
        return try await database.answer(account)
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        _ = try await database.person(id, for: caller, .removePerson)
        _ = try await database.run { database throws(ServerError) in
            try database.accounts.remove(id, by: .person(caller.id), now: Clock.now)
        }
        return NoContent()
    }
}

extension DatabaseThread {
    /// The person of that id, to whom the caller may do this.
    /// - Throws: 403 unless the caller may, and 404 where there is nobody and the caller may know it.
    func person(_ id: UUID, for caller: Caller, _ action: Access.Action) async throws -> Account {
        try caller.requireSome(action)
        let (account, classID) = try await run { database throws(ServerError) in
            let account = try database.accounts.find(id)
            let className = account?.className
            return (
                account,
                try className.map { name throws(ServerError) in try database.classes.find(name: name)?.id } ?? nil
            )
        }
        try caller.require(action, .person(id, classID: classID))
        guard let account else { throw Problem.notFound }
        return account
    }

    /// The person as the answer to a request.
    func answer(
        _ account: Account, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) async throws -> JSONAnswer<AccountAnswer> {
        let zone = try await run { database throws(ServerError) in try database.policies.current().zone }
        return JSONAnswer(AccountAnswer(account: account, zone: zone), status: status, headers: headers)
    }
}
