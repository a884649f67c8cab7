import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// The records as a table for a spreadsheet.
struct ExportRoutes: Sendable {
    let database: DatabaseThread

    /// The days of one export, at most: a school year and its holidays.
    static let maximumDays = 400

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/attendance/export", use: export)
    }

    /// Of one class by its name, or of the whole school.
    @Sendable
    private func export(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.exportAttendance)
        let days = try Self.days(of: request)
        return try await table(of: try await scope(of: request, for: caller), days)
    }

    /// The days that the query names.
    /// - Throws: 400 for none, and for too many.
    static func days(of request: Request) throws(Problem) -> ClosedRange<LocalDate> {
        guard let from = try request.date("from"), let to = try request.date("to") else {
            throw .badRequest("from, to: give the first and the last day")
        }
        guard 0..<maximumDays ~= to.daysSince1970 - from.daysSince1970 else {
            throw .badRequest("from, to: give at most \(maximumDays) days, the first one first")
        }
        return from...to
    }

    /// The table as a file. Who may have it was asked before.
    func table(of scope: PeopleScope, _ days: ClosedRange<LocalDate>) async throws -> Response {
        let (from, to) = (days.lowerBound, days.upperBound)
        let filter = RecordStore.Filter(scope: scope, from: from, to: to)
        // What fails is to fail before the first byte.
        let zone = try await database.run { database throws(ServerError) in try database.policies.current().zone }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"attendance-\(from)-\(to).csv\"",
            ],
            body: body(filter, zone))
    }

    private func scope(of request: Request, for caller: Caller) async throws -> PeopleScope {
        guard let name = try request.parameter("class") else {
            try caller.require(.exportAttendance)
            return .everybody
        }
        let found = try await database.run { database throws(ServerError) in try database.classes.find(name: name) }
        guard let found else {
            try caller.require(.exportAttendance)
            throw Problem.notFound
        }
        try caller.require(.exportAttendance, .ofClass(found.id))
        return .inClass(found.name)
    }

    /// Page after page, so that no export is in memory as a whole.
    private func body(_ filter: RecordStore.Filter, _ zone: TimeZoneRules) -> ResponseBody {
        ResponseBody { [database] writer in
            try await writer.write(ByteBuffer(string: CSV.line(ReportTable.header)))
            var page = PageRequest(limit: PageRequest.maximumLimit)
            while true {
                let records = try await database.run { [page] database throws(ServerError) in
                    try database.records.list(filter, page: page)
                }
                let lines = records.prefix(page.limit).map { Self.line(of: $0, zone) }
                if !lines.isEmpty { try await writer.write(ByteBuffer(string: lines.joined())) }
                guard records.count > page.limit, let last = records.prefix(page.limit).last else { break }
                page.after = last.cursor
            }
            try await writer.finish(nil)
        }
    }

    /// The same row as `rollcall-server report --csv` prints.
    private static func line(of listed: ListedRecord, _ zone: TimeZoneRules) -> String {
        CSV.line(ReportTable.row(of: ReportedRecord(listed), zone: zone))
    }
}
