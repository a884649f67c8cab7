import Attendance
import FoundationEssentials
import Hummingbird

/// How a terminal is made known, and gets its one-time code. The code is in one answer and never again, as only its
/// hash is kept. A reload of that answer asks for a second one, which the forms' own state refuses.
extension FleetPages {
    func addRegistration(to router: some RouterMethods<ServerRequestContext>) {
        router.get("\(Self.root)/new", use: newForm)
        router.post("\(Self.root)/new", use: create)
        router.get("\(Self.root)/{terminal_id}/code", use: codeForm)
        router.post("\(Self.root)/{terminal_id}/code", use: renew)
        router.get("\(Self.root)/{terminal_id}/waiting", use: waitingPart)
        router.get("\(Self.root)/{terminal_id}/waiting/events", use: waitingChanges)
    }

    @Sendable
    private func newForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        return try await newPage(visitor)
    }

    private func newPage(
        _ visitor: Visitor, typed: String = "", chosen: Set<UUID> = [], failure: String? = nil,
        other: TerminalAccount? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let classes = try await database.run { database throws(ServerError) in try database.classes.all() }
        return library.page(
            "fleet_new", for: visitor, title: "fleet_new", path: Self.root,
            [
                "typed": typed, "failed": failure != nil, "failure": failure ?? "",
                "hasOther": other != nil, "other": other.map(Self.path) ?? "", "otherName": other?.name ?? "",
                "choices": Self.choices(classes, chosen: chosen), "hasChoices": !classes.isEmpty,
            ], status: status)
    }

    @Sendable
    private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        let form = try await request.form(of: visitor)
        let name = form["name"] ?? ""
        let classes = try Self.classes(in: form)
        let now = Clock.now
        do {
            let (terminal, code) = try await database.run { database throws(ServerError) in
                try database.terminals.create(name, classes: classes, by: .person(visitor.caller.id), now: now)
            }
            return sheet(terminal, code, request, visitor, now: now)
        } catch ServerError.taken {
            let other = try await database.run { database throws(ServerError) in
                try database.terminals.find(name: name)
            }
            return try await newPage(
                visitor, typed: name, chosen: classes, failure: visitor.words["fleet_name_taken"], other: other,
                status: .conflict)
        } catch ServerError.refused {
            let isName = (try? Name.terminal.checked(name)) != nil
            return try await newPage(
                visitor, typed: name, chosen: classes,
                failure: visitor.words[isName ? "fleet_class_gone" : "fleet_name_bad"], status: .badRequest)
        }
    }

    @Sendable
    private func codeForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        let id = try context.id("terminal_id")
        return try await codePage(of: id, visitor)
    }

    /// Asks whether to make a code, and says what that does.
    private func codePage(of id: UUID, _ visitor: Visitor, isStale: Bool = false) async throws -> Response {
        let report = try await database.run { database throws(ServerError) -> TerminalReport? in
            guard let terminal = try database.terminals.find(id) else { return nil }
            return try database.reports(of: [terminal], now: Clock.now).first
        }
        guard let report else { throw Problem.notFound }
        return library.page(
            "fleet_code_form", for: visitor, title: "fleet_new_code", path: Self.root,
            [
                "name": report.terminal.name, "path": Self.path(of: report.terminal), "state": Self.state(of: report),
                "isStale": isStale, "isGood": report.state == .good, "isRevoked": report.state == .revoked,
            ], status: isStale ? .conflict : .ok)
    }

    @Sendable
    private func renew(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        let form = try await request.form(of: visitor)
        let id = try context.id("terminal_id")
        let state = try form.required("state")
        let now = Clock.now
        let renewed = try await database.run { database throws(ServerError) -> Renewal in
            guard let terminal = try database.terminals.find(id),
                let report = try database.reports(of: [terminal], now: now).first
            else { return .missing }
            guard Self.state(of: report) == state else { return .stale }
            guard let made = try database.terminals.renew(id, by: .person(visitor.caller.id), now: now) else {
                return .missing
            }
            return .made(made.terminal, made.code)
        }
        switch renewed {
        case .missing: throw Problem.notFound
        case .stale: return try await codePage(of: id, visitor, isStale: true)
        case .made(let terminal, let code): return sheet(terminal, code, request, visitor, now: now)
        }
    }

    private enum Renewal: Sendable {
        case missing
        /// Somebody has made a code since the form was shown: perhaps this form, sent twice.
        case stale
        case made(TerminalAccount, RegistrationCode)
    }

    /// What a new code changes: a form that was sent is of another state.
    private static func state(of report: TerminalReport) -> String {
        let moments = [report.codeExpires, report.terminal.registered, report.terminal.revoked]
        return moments.map { "\($0?.milliseconds ?? 0)" }.joined(separator: ".")
    }

    /// The one page that shows the code.
    private func sheet(
        _ terminal: TerminalAccount, _ code: RegistrationCode, _ request: Request, _ visitor: Visitor, now: Instant
    ) -> Response {
        var values = RegistrationSheet(code: code.code, host: request.head.authority).values
        values["name"] = terminal.name
        values["path"] = Self.path(of: terminal)
        values["since"] = "since=\(now.milliseconds)"
        values["good"] = visitor.words(
            "fleet_code_good",
            [
                "hours": "\(RegistrationCode.lifetime / 3_600_000)",
                "until": visitor.format.moment(code.expires),
            ])
        values["isRegistered"] = false
        return library.page("fleet_code", for: visitor, title: "fleet_code_title", path: Self.root, values)
    }

    /// Whether the terminal has used the code that is on the page.
    @Sendable
    private func waitingPart(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readTerminals)
        let id = try context.id("terminal_id")
        let since = try request.parameter("since").flatMap { Int64($0) } ?? 0
        let terminal = try await database.run { database throws(ServerError) in try database.terminals.find(id) }
        guard let terminal else { throw Problem.notFound }
        return library.part(
            "fleet_code_state", for: visitor,
            ["isRegistered": terminal.isRegistered(since: since), "path": Self.path(of: terminal)])
    }

    /// Once: what is read out loud must not come again and again.
    @Sendable
    private func waitingChanges(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readTerminals)
        let id = try context.id("terminal_id")
        let since = try request.parameter("since").flatMap { Int64($0) } ?? 0
        return try events.stream(for: visitor, from: "false", in: database) { database throws(ServerError) in
            "\(try database.terminals.find(id)?.isRegistered(since: since) ?? false)"
        }
    }
}

extension TerminalAccount {
    /// Whether it was given a token after a moment, in milliseconds since 1970.
    fileprivate func isRegistered(since moment: Int64) -> Bool { (registered?.milliseconds ?? 0) >= moment }
}
