import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// What terminals could not decide, for staff to decide: teachers see what may have been their students.
struct WalkByPages: Sendable {
    let desk: AdminDesk

    private static let path = "/pages/walk-bys"
    private static let limit = 20

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/walk-bys", use: list)
        router.post("/pages/walk-bys/{walk_by_id}/decision", use: decide)
    }

    /// What was typed before it was refused.
    private struct Typed {
        let id: UUID
        let reason: String
        let refusal: FormRefusal
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.requireSome(.readWalkBys)
        let query = try request.query()
        let state = query["state"].flatMap(WalkByStore.State.init(rawValue:)) ?? .open
        let done = query["done"].flatMap { visitor.words.texts["admin_done_walkby_\($0)"] }
        return try await page(
            state, try PageRequest(query, keys: 3, limit: Self.limit), for: visitor, done: done, refused: nil)
    }

    private func page(
        _ state: WalkByStore.State, _ page: PageRequest, for visitor: Visitor, done: String?, refused: Typed?
    ) async throws -> Response {
        var filter = WalkByStore.Filter(state: state)
        filter.scope = visitor.caller.may(.readWalkBys) ? .everybody : .taught(by: visitor.caller.id)
        let (walkBys, names) = try await desk.database.run { [filter] database throws(ServerError) in
            let walkBys = try database.walkBys.list(filter, page: page)
            return (walkBys, try database.accounts.names(of: Set(walkBys.compactMap { $0.decision?.by })))
        }
        let shown = page.shown(of: walkBys) {
            ["\($0.session)", "\($0.at.milliseconds)", $0.id.lowercased]
        }
        let words = visitor.words
        func path(_ state: WalkByStore.State, _ cursor: String? = nil) -> String {
            AdminValue.path(Self.path, [("state", state == .open ? nil : state.rawValue), ("cursor", cursor)])
        }
        return desk.library.page(
            "admin_walk_bys", for: visitor, title: "menu_walk_bys", path: Self.path,
            [
                "states": WalkByStore.State.allCases.map {
                    ["path": path($0), "label": words["admin_walkby_\($0)"], "isHere": $0 == state] as [String: Any]
                },
                "lead": words["admin_walkby_lead_\(state)"], "empty": words["admin_walkby_empty_\(state)"],
                "isEmpty": shown.items.isEmpty,
                "walkBys": shown.items.map { walkBy -> [String: Any] in
                    var values = WalkByCard(walkBy: walkBy, visitor: visitor, names: names).values
                    let typed = refused?.id == walkBy.id ? refused : nil
                    values["typedReason"] = typed?.reason ?? ""
                    values["isRefusedHere"] = typed != nil
                    values["refusalHere"] = typed?.refusal.text ?? ""
                    return values
                },
                "isLater": page.after != nil, "first": path(state), "hasMore": shown.next != nil,
                "next": path(state, shown.next), "isDone": done != nil, "done": done ?? "",
                // What was decided meanwhile is not in the list any more.
                "isRefused": refused.map { refused in !shown.items.contains { $0.id == refused.id } } ?? false,
                "refusal": refused?.refusal.text ?? "",
            ], status: refused?.refusal.status ?? .ok)
    }

    @Sendable
    private func decide(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.requireSome(.decideWalkBy)
        let id = try context.id("walk_by_id")
        let form = try await request.form(of: visitor)
        let reason = form["reason"] ?? ""
        let choice: WalkByStore.Choice
        switch form["choice"] {
        case "nobody": choice = .dismiss
        case let text?:
            guard let person = UUID(uuidString: text) else { throw Problem.badRequest("choice: say who it was") }
            choice = .mark(person)
        case nil: throw Problem.badRequest("choice: say who it was")
        }
        do {
            guard (try? Reason.checked(reason)) != nil else {
                throw FormRefusal(visitor.words["admin_bad_reason"])
            }
            _ = try await desk.database.decide(id, choice, reason: reason, by: visitor.caller)
            let done = choice == .dismiss ? "dismissed" : "marked"
            return .redirect(to: "\(Self.path)?done=\(done)", type: .normal)
        } catch {
            guard let refusal = try await Self.refusal(error, id, visitor, desk.database) else { throw error }
            return try await page(
                .open, PageRequest(limit: Self.limit), for: visitor, done: nil,
                refused: Typed(id: id, reason: reason, refusal: refusal))
        }
    }

    /// Why it could not be decided so, in the reader's words.
    private static func refusal(
        _ error: any Error, _ id: UUID, _ visitor: Visitor, _ database: DatabaseThread
    ) async throws -> FormRefusal? {
        let words = visitor.words
        guard case ServerError.taken = error else {
            if case ServerError.refused = error { return FormRefusal(words["admin_walkby_cannot"]) }
            return FormRefusal(error, words)
        }
        let walkBy = try await database.run { database throws(ServerError) in try database.walkBys.find(id) }
        let isDecided = walkBy?.decision != nil
        return FormRefusal(words[isDecided ? "admin_walkby_was_decided" : "admin_walkby_seen_earlier"], .conflict)
    }
}
