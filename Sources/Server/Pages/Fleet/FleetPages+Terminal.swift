import Attendance
import FoundationEssentials
import Hummingbird

/// Everything of one terminal: how it is, what was wrong with it, and what can be changed.
extension FleetPages {
    func addTerminal(to router: some RouterMethods<ServerRequestContext>) {
        router.get("\(Self.root)/{terminal_id}", use: terminal)
        router.get("\(Self.root)/{terminal_id}/part", use: terminalPart)
        router.get("\(Self.root)/{terminal_id}/events", use: terminalChanges)
        router.post("\(Self.root)/{terminal_id}/name", use: rename)
        router.post("\(Self.root)/{terminal_id}/classes", use: setClasses)
    }

    /// What the page of a terminal is made of.
    private struct Found: Sendable {
        let report: TerminalReport
        let faults: [TerminalFault]
        let classes: [SchoolClass]
        let now: Instant
    }

    private func find(_ context: ServerRequestContext) async throws -> Found {
        let id = try context.id("terminal_id")
        let now = Clock.now
        let found = try await database.run { database throws(ServerError) -> Found? in
            guard let terminal = try database.terminals.find(id),
                let report = try database.reports(of: [terminal], now: now).first
            else { return nil }
            return Found(
                report: report, faults: try database.terminals.faults(of: id, limit: FleetHistory.shown),
                classes: try database.classes.all(), now: now)
        }
        guard let found else { throw Problem.notFound }
        return found
    }

    private func values(of found: Found, _ visitor: Visitor) -> [String: Any] {
        let makes = FleetValues(visitor, classes: found.classes, now: found.now)
        let history = FleetHistory(words: visitor.words, format: visitor.format, now: found.now)
        var values = makes.values(of: found.report)
        values["moreFacts"] = makes.moreFacts(of: found.report)
        values["faults"] = history.values(of: found.faults)
        values["hasFaults"] = !found.faults.isEmpty
        return values
    }

    @Sendable
    private func terminal(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readTerminals)
        return page(of: try await find(context), visitor)
    }

    @Sendable
    private func terminalPart(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readTerminals)
        return library.part("fleet_state", for: visitor, values(of: try await find(context), visitor))
    }

    @Sendable
    private func terminalChanges(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readTerminals)
        let id = try context.id("terminal_id")
        return try events.stream(for: visitor, in: database) { database throws(ServerError) in
            "\(try database.terminals.stamp(of: id)) \(Self.tick())"
        }
    }

    private func page(
        of found: Found, _ visitor: Visitor, typed: String? = nil, failure: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let terminal = found.report.terminal
        var all = values(of: found, visitor)
        all["typed"] = typed ?? terminal.name
        all["failed"] = failure != nil
        all["failure"] = failure ?? ""
        all["mayChange"] = visitor.caller.may(.changeTerminals)
        all["isGood"] = terminal.revoked == nil
        all["wasInTouch"] = terminal.wasInTouch
        all["choices"] = Self.choices(found.classes, chosen: Set(found.report.classes))
        all["hasChoices"] = !found.classes.isEmpty
        return library.page(
            "fleet_terminal", for: visitor, title: terminal.name, path: Self.root, all, status: status)
    }

    /// The classes as boxes to tick.
    static func choices(_ classes: [SchoolClass], chosen: Set<UUID>) -> [[String: Any]] {
        classes.map { ["id": $0.id.lowercased, "name": $0.name, "isChosen": chosen.contains($0.id)] }
    }

    /// The ids in a form's boxes.
    /// - Throws: 400 for what is no id.
    static func classes(in form: PageForm) throws(Problem) -> Set<UUID> {
        var ids: Set<UUID> = []
        for text in form.all("classes") {
            guard let id = UUID(uuidString: text) else { throw .badRequest("classes: give the ids of classes") }
            ids.insert(id)
        }
        return ids
    }

    @Sendable
    private func rename(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        let form = try await request.form(of: visitor)
        let id = try context.id("terminal_id")
        let name = form["name"] ?? ""
        do {
            let terminal = try await database.run { database throws(ServerError) in
                try database.terminals.rename(id, to: name, by: .person(visitor.caller.id), now: Clock.now)
            }
            guard let terminal else { throw Problem.notFound }
            return .redirect(to: Self.path(of: terminal), type: .normal)
        } catch ServerError.taken {
            return page(
                of: try await find(context), visitor, typed: name, failure: visitor.words["fleet_name_taken"],
                status: .conflict)
        } catch ServerError.refused {
            return page(
                of: try await find(context), visitor, typed: name, failure: visitor.words["fleet_name_bad"],
                status: .badRequest)
        }
    }

    @Sendable
    private func setClasses(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        let form = try await request.form(of: visitor)
        let id = try context.id("terminal_id")
        let classes = try Self.classes(in: form)
        do {
            let terminal = try await database.run { database throws(ServerError) in
                try database.terminals.setClasses(classes, of: id, by: .person(visitor.caller.id), now: Clock.now)
            }
            guard let terminal else { throw Problem.notFound }
            return .redirect(to: Self.path(of: terminal), type: .normal)
        } catch ServerError.refused {
            return page(
                of: try await find(context), visitor, failure: visitor.words["fleet_class_gone"], status: .badRequest)
        }
    }
}
