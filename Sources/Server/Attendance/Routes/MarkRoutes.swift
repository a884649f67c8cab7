import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The marks themselves, as staff look after them, and what people have done.
struct MarkRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/marks", use: list)
        router.post("/marks/{mark_id}/void", use: void)
        router.get("/audit", use: audit)
    }

    private struct VoidBody: RequestBody {
        let reason: String

        static let wireName = "reason"
        enum CodingKeys: CodingKey, CaseIterable { case reason }
    }

    private enum Flag: String, CaseIterable {
        case yes = "true"
        case no = "false"
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<Page<MarkAnswer>>
    {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.readMarks)
        let page = try PageRequest(request, keys: 3)
        var filter = MarkStore.Filter(date: try request.date("date"))
        filter.isToReview = try request.choice("review", of: Flag.self) == .yes
        filter.scope = try await database.scope(of: request, for: caller, one: .readMarks, many: .readMarks)
        let (marks, zone) = try await database.run { [filter] database throws(ServerError) in
            (try database.marks.list(filter, page: page), try database.policies.current().zone)
        }
        let answers = marks.map { MarkAnswer(mark: $0, zone: zone) }
        return JSONAnswer(
            page.page(of: answers) {
                ["\($0.mark.session)", "\($0.mark.at.milliseconds)", $0.mark.id.lowercased]
            })
    }

    @Sendable
    private func void(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<MarkAnswer> {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.voidMark)
        let id = try context.id("mark_id")
        let (mark, classID) = try await database.run { database throws(ServerError) in
            let mark = try database.marks.find(id)
            let found = try mark.map { mark throws(ServerError) in try database.classes.find(name: mark.className) }
            return (mark, (found ?? nil)?.id)
        }
        try caller.require(.voidMark, .person(mark?.person ?? id, classID: classID))
        guard mark != nil else { throw Problem.notFound }
        let reason = try await request.body(VoidBody.self).reason
        let (voided, zone) = try await database.run { database throws(ServerError) in
            _ = try database.marks.void(id, reason: reason, by: caller.id, now: Clock.now)
            return (try database.marks.find(id), try database.policies.current().zone)
        }
        guard let voided else { throw Problem.notFound }
        return JSONAnswer(MarkAnswer(mark: voided, zone: zone))
    }

    @Sendable
    private func audit(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<AuditAnswer>> {
        try context.authenticatedCaller().require(.readAudit)
        let page = try PageRequest(request, keys: 1)
        let object = try request.parameter("object")
        let (entries, zone) = try await database.run { database throws(ServerError) in
            (try database.audit.list(object: object, page: page), try database.policies.current().zone)
        }
        let answers = entries.map { AuditAnswer(entry: $0, zone: zone) }
        return JSONAnswer(page.page(of: answers) { ["\($0.entry.number)"] })
    }
}
