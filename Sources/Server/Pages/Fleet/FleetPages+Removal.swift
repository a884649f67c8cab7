import Attendance
import FoundationEssentials
import Hummingbird

/// How a terminal is shut out or removed, each after a question.
extension FleetPages {
    func addRemoval(to router: some RouterMethods<ServerRequestContext>) {
        router.get("\(Self.root)/{terminal_id}/remove", use: askToRemove)
        router.post("\(Self.root)/{terminal_id}/remove", use: remove)
        router.get("\(Self.root)/{terminal_id}/revoke", use: askToRevoke)
        router.post("\(Self.root)/{terminal_id}/revoke", use: revoke)
    }

    @Sendable
    private func askToRemove(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let (visitor, terminal) = try await find(context)
        return question("fleet_remove", of: terminal, visitor, isPossible: !terminal.wasInTouch)
    }

    @Sendable
    private func askToRevoke(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let (visitor, terminal) = try await find(context)
        return question("fleet_revoke", of: terminal, visitor, isPossible: terminal.revoked == nil)
    }

    private func question(
        _ key: String, of terminal: TerminalAccount, _ visitor: Visitor, isPossible: Bool,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let words = visitor.words
        return library.page(
            "fleet_question", for: visitor, title: key, path: Self.root,
            [
                "name": terminal.name, "path": Self.path(of: terminal), "isPossible": isPossible,
                "action": key == "fleet_remove" ? "remove" : "revoke", "button": words[key],
                "effect": words[isPossible ? "\(key)_effect" : "\(key)_impossible"],
                "offersRevoking": key == "fleet_remove" && !isPossible && terminal.revoked == nil,
            ], status: status)
    }

    /// A form that is sent twice finds nothing the second time, and that is what was wanted.
    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let (visitor, id) = try await form(request, context)
        do {
            _ = try await database.run { database throws(ServerError) in
                try database.terminals.remove(id, by: .person(visitor.caller.id), now: Clock.now)
            }
        } catch ServerError.taken {
            // It has called since the question was shown.
            let (visitor, terminal) = try await find(context)
            return question("fleet_remove", of: terminal, visitor, isPossible: false, status: .conflict)
        }
        return .redirect(to: Self.root, type: .normal)
    }

    @Sendable
    private func revoke(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let (visitor, id) = try await form(request, context)
        let terminal = try await database.run { database throws(ServerError) in
            try database.terminals.revoke(id, by: .person(visitor.caller.id), now: Clock.now)
        }
        guard let terminal else { throw Problem.notFound }
        return .redirect(to: Self.path(of: terminal), type: .normal)
    }

    private func form(_ request: Request, _ context: ServerRequestContext) async throws -> (Visitor, UUID) {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        _ = try await request.form(of: visitor)
        return (visitor, try context.id("terminal_id"))
    }

    private func find(_ context: ServerRequestContext) async throws -> (Visitor, TerminalAccount) {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeTerminals)
        let id = try context.id("terminal_id")
        let terminal = try await database.run { database throws(ServerError) in try database.terminals.find(id) }
        guard let terminal else { throw Problem.notFound }
        return (visitor, terminal)
    }
}

extension TerminalAccount {
    /// Whether the server knows that it called; then its record stays. Its marks may say so too: the store looks.
    var wasInTouch: Bool { lastSeen != nil || rosterGiven != nil }
}
