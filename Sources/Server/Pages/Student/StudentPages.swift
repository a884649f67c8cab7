import Attendance
import HTTPTypes
import Hummingbird

/// What a student sees: their own attendance and data.
struct StudentPages: Sendable {
    let library: PageLibrary
    let logins: Logins
    let limits: LoginLimits
    var database: DatabaseThread { logins.database }

    static let path = "/pages/me"

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("\(Self.path)", use: overview)
        OwnDataPages(library: library, logins: logins, limits: limits).add(to: router)
    }

    /// Today, a month as a calendar, and how often the student was there.
    @Sendable
    private func overview(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let caller = visitor.caller
        try caller.require(.readOwnAttendance, .person(caller.id, classID: nil))
        // Attendance is taken of students only.
        guard caller.role == .student else { return .redirect(to: visitor.home, type: .normal) }
        let month = MonthCalendar(of: try request.date("date") ?? visitor.today)
        let overview = try await database.run { database throws(ServerError) in
            try StudentOverview(of: caller.id, month, today: visitor.today, in: database)
        }
        guard let overview else { throw Problem.notFound }
        return library.page(
            "student", for: visitor, title: "student_title", path: Self.path, overview.values(for: visitor))
    }
}
