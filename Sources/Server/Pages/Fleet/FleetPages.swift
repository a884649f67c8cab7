import Attendance
import FoundationEssentials
import Hummingbird

/// What a technician sees: the terminals, what is wrong with them and the next step, the worst first.
struct FleetPages: Sendable {
    let library: PageLibrary
    let database: DatabaseThread
    let events = PageEvents()

    static let root = "/pages/terminals"
    /// Terminals on a page.
    static let pageLength = 40

    static func path(of terminal: TerminalAccount) -> String { "\(root)/\(terminal.id.lowercased)" }

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("\(Self.root)", use: list)
        router.get("\(Self.root)/part", use: listPart)
        router.get("\(Self.root)/events", use: changes)
        addTerminal(to: router)
        addRegistration(to: router)
        addRemoval(to: router)
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let (values, number) = try await listValues(request, visitor)
        var all = values
        all["part"] = "\(Self.root)/part?page=\(number)"
        all["mayChange"] = visitor.caller.may(.changeTerminals)
        return library.page("fleet", for: visitor, title: "menu_terminals", path: Self.root, all)
    }

    @Sendable
    private func listPart(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        return library.part("fleet_list", for: visitor, try await listValues(request, visitor).values)
    }

    /// The part is made anew twice a minute too, so that "3 minutes ago" stays true and silence shows.
    @Sendable
    private func changes(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readTerminals)
        return try events.stream(for: visitor, in: database) { database throws(ServerError) in
            "\(try database.terminals.stamp()) \(Self.tick())"
        }
    }

    /// Another text every half minute.
    static func tick() -> String { "\(Clock.now.seconds / 30)" }

    private func listValues(
        _ request: Request, _ visitor: Visitor
    ) async throws -> (values: [String: Any], page: Int) {
        try visitor.caller.require(.readTerminals)
        let asked = try request.parameter("page").flatMap { Int($0) } ?? 1
        let now = Clock.now
        let (reports, classes) = try await database.run { database throws(ServerError) in
            (try database.reports(of: try database.terminals.list(), now: now), try database.classes.all())
        }
        let sorted = reports.map { (health: FleetHealth(of: $0), report: $0) }
            .sorted { ($0.health, $0.report.terminal.name) < ($1.health, $1.report.terminal.name) }
        let pages = max(1, (sorted.count + Self.pageLength - 1) / Self.pageLength)
        let page = min(max(asked, 1), pages)
        let shown = sorted.dropFirst((page - 1) * Self.pageLength).prefix(Self.pageLength)
        let makes = FleetValues(visitor, classes: classes, now: now)
        let values: [String: Any] = [
            "isEmpty": reports.isEmpty, "summary": summary(sorted.map(\.health), visitor.words),
            "terminals": shown.map { makes.values(of: $0.report) },
            "hasBefore": page > 1, "before": "\(Self.root)?page=\(page - 1)",
            "hasAfter": page < pages, "after": "\(Self.root)?page=\(page + 1)",
            "isLong": pages > 1, "place": visitor.words("fleet_page", ["page": "\(page)", "pages": "\(pages)"]),
        ]
        return (values, page)
    }

    /// The answer to "must I go?" in a sentence.
    private func summary(_ healths: [FleetHealth], _ words: Words) -> String {
        let terminals = FleetSpans(words: words).counted("fleet_terminal", Int64(healths.count))
        let needy = healths.count { $0.needsSomebody }
        let rest = needy == 0 ? words["fleet_all_well"] : FleetSpans(words: words).counted("fleet_need", Int64(needy))
        return "\(terminals) \(rest)"
    }

    static let style = """
        .fleet { list-style: none; margin: 0; padding: 0; }
        .fleet > li { border-left-width: .45rem; }
        .fleet > .absent { border-left-color: var(--absent); }
        .fleet > .late { border-left-color: var(--late); }
        .fleet > .present { border-left-color: var(--present); }
        .fleet-back a { display: inline-block; min-height: 1.6rem; }
        [aria-labelledby=fleet-change] h3 { margin: 0 0 .6rem; }
        .fleet-head { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; }
        .fleet-head h2 { margin: 0; overflow-wrap: anywhere; }
        .fleet-head h2 a { display: inline-block; min-height: 1.6rem; }
        .facts { display: grid; gap: .7rem 1.2rem; margin: .8rem 0 0;
          grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr)); }
        .facts dt { color: var(--soft); }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .fleet-needs { list-style: none; margin: .7rem 0 0; padding: 0; }
        .fleet-needs li { margin: 0 0 .6rem; overflow-wrap: anywhere; }
        .fleet-needs p { margin: 0; }
        code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .95em; background: var(--back);
          border: 1px solid var(--line); border-radius: .3rem; padding: .05rem .4rem; overflow-wrap: anywhere;
          user-select: all; }
        .timeline { list-style: none; margin: 0; padding: 0; }
        .timeline li { border-left: .2rem solid var(--line); padding: 0 0 1rem 1rem; margin-left: .5rem;
          overflow-wrap: anywhere; }
        .timeline li.late { border-left-color: var(--late); }
        .timeline p { margin: 0; }
        .one-time { font-size: 1.5rem; line-height: 1.4; font-weight: 700; margin: .2rem 0 .8rem; }
        .one-time code { display: block; font-size: 1em; padding: .8rem 1rem; }
        .sheet { display: grid; gap: 1rem 2rem;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
        .sheet > * { min-width: 0; }
        .sheet li { margin: 0 0 .8rem; }
        .qr { margin: 0; max-width: 20rem; }
        .qr svg { display: block; width: 100%; height: auto; border-radius: .4rem; }
        .choices { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
          border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; margin: .6rem 0 1rem;
          min-width: 0; }
        .choices label { display: flex; gap: .5rem; align-items: center; min-height: 1.9rem; margin: 0;
          font-weight: 400; overflow-wrap: anywhere; }
        .choices input { width: 1.5rem; height: 1.5rem; flex: none; }

        """
}
