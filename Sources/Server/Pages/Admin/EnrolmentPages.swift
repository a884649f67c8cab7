import Attendance
import Faces
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Adding photographs of a person by the camera or from files, with the verdict on each as it comes.
struct EnrolmentPages: Sendable {
    let desk: AdminDesk

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/people/{user_id}/photographs", use: page)
        router.post("/pages/people/{user_id}/photographs", use: take)
    }

    @Sendable
    private func page(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.enrolPhotograph)
        let id = try context.id("user_id")
        let account = try await desk.database.person(id, for: visitor.caller, .enrolPhotograph)
        let missing = try await desk.database.run { database throws(ServerError) in
            try database.people.missing(of: id)
        }
        let words = visitor.words
        return desk.library.page(
            "admin_enrol", for: visitor, title: words("admin_enrol_title", ["name": account.name]),
            path: PeoplePages.path,
            [
                "back": PersonPages.path(id), "action": "\(PersonPages.path(id))/photographs",
                "canEnrol": account.hasConsent && account.role == .student,
                "cannot": words[account.role == .student ? "admin_enrol_no_consent" : "admin_enrol_no_student"],
                "isMissing": !missing.isEmpty,
                "missing": missing.map { ["text": words["admin_advice_\($0.rawValue)"]] },
            ])
    }

    /// Answers a photograph with a piece of the page, whatever became of it: the script puts it into the list.
    @Sendable
    private func take(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.enrolPhotograph)
        try request.requireFormToken(of: visitor)
        let photographs = PhotographDesk(
            database: desk.database, vision: desk.faces.vision, roster: desk.faces.roster)
        let verdict: PhotographVerdictPart
        do {
            let taken = try await photographs.take(request, of: try context.id("user_id"), by: visitor.caller)
            verdict = PhotographVerdictPart(taken, visitor.words)
        } catch {
            guard let refused = PhotographVerdictPart(error, visitor.words) else { throw error }
            if refused.status.kind == .serverError {
                context.logger.error("A photograph could not be looked at", metadata: ["error": "\(error)"])
            }
            verdict = refused
        }
        var response = desk.library.part("admin_photograph_verdict", for: visitor, verdict.values)
        response.status = verdict.status
        // The script puts nothing else into the page, such as the page of a problem.
        if let mark = HTTPField.Name("X-Verdict") { response.headers[mark] = "1" }
        return response
    }
}
