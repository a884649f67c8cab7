import Attendance
import FoundationEssentials
import Hummingbird

/// What people have done, the newest first, and whether the trail is as it was written.
struct AuditPages: Sendable {
    let desk: AdminDesk

    private static let path = "/pages/audit"

    /// Every action that the server writes down; the words have each.
    static let actions = [
        "attendance.correct", "calendar.day_off", "calendar.school_day", "class.change", "class.create",
        "class.remove", "class.teachers", "consent.give", "consent.withdraw", "excuse.make", "excuse.withdraw",
        "image.remove", "image.set", "key.lost", "letter.again", "mark.void", "person.change", "person.create",
        "person.letter", "person.password", "person.remove", "photograph.add", "photograph.remove", "roster.renew",
        "terminal.classes",
        "terminal.create", "terminal.register", "terminal.remove", "terminal.rename", "terminal.renew",
        "terminal.revoke",
        "walkby.decide", "audit.renew",
    ]

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/audit", use: list)
    }

    /// What the whole trail is found to be; others have their turns at the database meanwhile.
    private func checked() async throws -> AuditCheck {
        var walk = try await desk.database.run { database throws(ServerError) in try database.audit.beginWalk() }
        while true {
            let (next, check) = try await desk.database.run { [walk] database throws(ServerError) in
                var walk = walk
                let check = try database.audit.step(&walk)
                return (walk, check)
            }
            if let check { return check }
            walk = next
        }
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readAudit)
        let query = try request.query()
        let page = try PageRequest(query, keys: 1)
        let (action, object) = (query["action"], query["object"])
        let wantsCheck = query["check"] != nil
        let check = wantsCheck ? try await checked() : nil
        let (entries, names) = try await desk.database.run { database throws(ServerError) in
            let entries = try database.audit.list(object: object, action: action, page: page)
            var ids = Set(entries.flatMap(AuditLine.ids))
            if let object { ids.insert(object) }
            return (entries, try database.audit.names(of: ids))
        }
        let words = visitor.words
        let shown = page.shown(of: entries) { ["\($0.number)"] }
        func path(_ cursor: String?) -> String {
            AdminValue.path(Self.path, [("action", action), ("object", object), ("cursor", cursor)])
        }
        let choices = Self.actions.map { ($0, words["admin_did_\($0)"]) }.sorted { $0.1 < $1.1 }
        return desk.library.page(
            "admin_audit", for: visitor, title: "menu_audit", path: Self.path,
            [
                "actions": AdminValue.options([("", words["admin_all"])] + choices, chosen: action ?? ""),
                "object": object ?? "", "hasObject": object != nil,
                "about": object.map { words("admin_audit_about", ["name": names[$0] ?? $0]) } ?? "",
                "entries": shown.items.map { AuditLine(entry: $0, names: names, visitor: visitor).values },
                "isEmpty": shown.items.isEmpty, "isLater": page.after != nil, "first": path(nil),
                "hasMore": shown.next != nil, "next": path(shown.next),
                "isChecked": check != nil, "isWhole": check.map { $0.fault == nil } ?? false,
                "check": check.map { Self.text(of: $0, visitor) } ?? "",
            ])
    }

    private static func text(of check: AuditCheck, _ visitor: Visitor) -> String {
        let words = visitor.words
        switch check.fault {
        case nil:
            let whole = words("admin_audit_whole", ["count": "\(check.entries)"])
            guard check.checkedFrom > 1 else { return whole }
            return whole + " " + words("admin_audit_from", ["number": "\(check.checkedFrom)"])
        case .entry(let number): return words("admin_audit_bad_entry", ["number": "\(number)"])
        case .end(let last, let newest):
            return words("admin_audit_bad_end", ["last": "\(last)", "newest": "\(newest)"])
        case .head: return words["admin_audit_bad_head"]
        }
    }
}
