import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// What the server has on whoever looks: the consent and how to withdraw it, everything as a file, the password.
struct OwnDataPages: Sendable {
    let library: PageLibrary
    let logins: Logins
    let limits: LoginLimits
    var database: DatabaseThread { logins.database }

    static let path = "/pages/me/data"

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("\(Self.path)", use: show)
        router.get("/pages/me/data/download", use: download)
        router.post("/pages/me/consent/withdraw", use: withdraw)
        router.post("/pages/me/password", use: changePassword)
    }

    /// What was done before the page is shown.
    private enum Done: String, CaseIterable {
        case consent, password
    }

    @Sendable
    private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let done = try request.choice("done", of: Done.self)
        return try await page(for: visitor, notice: done.map { visitor.words["own_done_\($0.rawValue)"] })
    }

    /// - Parameters:
    ///   - failure: what is wrong with a form; `place` says with which.
    func page(
        for visitor: Visitor, notice: String? = nil, failure: String? = nil, place: String = "",
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let caller = visitor.caller
        try caller.require(.readPerson, .person(caller.id, classID: nil))
        let (account, consent, photographs) = try await database.run { database throws(ServerError) in
            (
                try database.accounts.find(caller.id), try database.people.consent(of: caller.id),
                try database.people.photographs(of: caller.id, page: PageRequest(limit: PageRequest.maximumLimit))
            )
        }
        guard let account else { throw Problem.notFound }
        let (words, format) = (visitor.words, visitor.format)
        return library.page(
            "own_data", for: visitor, title: "menu_my_data", path: Self.path,
            [
                "account": [
                    "name": account.name, "role": words["own_role_\(account.role.rawValue)"],
                    "email": account.email ?? "–", "class": account.className ?? "–",
                    "since": format.date(visitor.zone.day(at: account.created)),
                ],
                "isStudent": account.role == .student, "hasConsent": consent != nil,
                "consentSince": consent.map(format.moment) ?? "", "photographs": "\(photographs.count)",
                "hasPhotographs": !photographs.isEmpty,
                "photographDays": photographs.map { format.date(visitor.zone.day(at: $0.created)) },
                "maySayNo": consent != nil && caller.may(.withdrawOwnConsent, .person(caller.id, classID: nil)),
                "notice": notice ?? "", "hasNotice": notice != nil, "failure": failure ?? "",
                "failedConsent": place == "consent", "failedPassword": place == "password",
                "shortest": Password.lengths.lowerBound,
            ], status: status)
    }

    /// Everything that the server has on the person, as a file.
    @Sendable
    private func download(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try context.pageVisitor().caller
        try caller.require(.readPerson, .person(caller.id, classID: nil))
        try caller.require(.readOwnAttendance, .person(caller.id, classID: nil))
        let data = try await database.run { database throws(ServerError) in
            try PersonalData(of: caller.id, in: database, now: Clock.now)
        }
        guard let data else { throw Problem.notFound }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"rollcall-my-data.json\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(data))))
    }

    /// Withdraws the consent to be recognised, once it was confirmed.
    @Sendable
    private func withdraw(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let caller = visitor.caller
        try caller.require(.withdrawOwnConsent, .person(caller.id, classID: nil))
        let form = try await request.form(of: visitor)
        guard form["sure"] == "yes" else {
            return try await page(
                for: visitor, failure: visitor.words["own_not_sure"], place: "consent", status: .badRequest)
        }
        try await database.run { database throws(ServerError) in
            // What was withdrawn before needs no second entry in the audit trail.
            guard try database.accounts.find(caller.id)?.hasConsent == true else { return }
            _ = try database.people.setConsent(
                false, note: "by the person, on the page", of: caller.id, by: .person(caller.id), now: Clock.now)
        }
        context.logger.notice("Consent withdrawn", metadata: ["caller": "\(caller.id.lowercased)"])
        return .redirect(to: "\(Self.path)?done=consent", type: .normal)
    }
}
