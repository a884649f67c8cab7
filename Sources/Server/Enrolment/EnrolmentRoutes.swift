import Attendance
import Faces
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Consent, and the photographs by which people are recognised.
struct EnrolmentRoutes: Sendable {
    let database: DatabaseThread
    let vision: VisionThread
    let roster: FaceRoster

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/users/{user_id}/consent", use: setConsent)
        router.get("/users/{user_id}/photographs", use: list)
        router.post("/users/{user_id}/photographs", use: enrol)
        router.delete("/users/{user_id}/photographs/{photograph_id}", use: remove)
    }

    @Sendable
    private func setConsent(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<AccountAnswer> {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        let mayWithdraw = caller.id == id && caller.may(.withdrawOwnConsent, .person(id, classID: nil))
        if !mayWithdraw { _ = try await database.person(id, for: caller, .recordConsent) }
        let body = try await request.body(ConsentBody.self)
        // Anybody may withdraw their own; that it was given is recorded by the office.
        if body.given { try caller.require(.recordConsent, .person(id, classID: nil)) }
        let note = try body.checkedNote()
        let account = try await database.run { database throws(ServerError) in
            try database.people.setConsent(
                body.given, note: note, of: id, by: .person(caller.id), now: Clock.now)
        }
        guard let account else { throw Problem.notFound }
        return try await database.answer(account)
    }

    @Sendable
    private func list(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<EnrolledPhotographAnswer>> {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        _ = try await database.person(id, for: caller, .readEnrolment)
        let page = try PageRequest(request, keys: 1)
        let (photographs, zone) = try await database.run { database throws(ServerError) in
            (try database.people.photographs(of: id, page: page), try database.policies.current().zone)
        }
        let answers = photographs.map { EnrolledPhotographAnswer(photograph: $0, zone: zone) }
        return JSONAnswer(page.page(of: answers) { [$0.photograph.id.lowercased] })
    }

    @Sendable
    private func enrol(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<PhotographAnswer> {
        let caller = try context.authenticatedCaller()
        let desk = PhotographDesk(database: database, vision: vision, roster: roster)
        let taken: PhotographDesk.Taken
        do {
            taken = try await desk.take(request, of: try context.id("user_id"), by: caller)
        } catch let error as EnrolmentError {
            throw error.answer
        } catch let refusal as PhotographDesk.Refusal {
            throw refusal.answer
        }
        let listed = taken.photograph.map { EnrolledPhotographAnswer(photograph: $0, zone: taken.zone) }
        let answer = PhotographAnswer(
            verdict: listed == nil ? .known : .accepted, photograph: listed,
            measures: .init(quality: taken.face.quality), advice: taken.face.advice.map(\.message),
            missing: taken.missing.map(\.message), warnings: taken.lookAlikes)
        return JSONAnswer(answer, status: listed == nil ? .ok : .created)
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        let id = try context.id("user_id")
        _ = try await database.person(id, for: caller, .enrolPhotograph)
        let photograph = try context.id("photograph_id")
        let wasThere = try await database.run { database throws(ServerError) in
            try database.people.removePhotograph(photograph, of: id, by: .person(caller.id), now: Clock.now)
        }
        guard wasThere else { throw Problem.notFound }
        return NoContent()
    }
}

extension EnrolmentError {
    /// What a request with the photograph is answered: what is wrong with it. A failure of the models is the server's own,
    /// and has its reason in the log.
    var answer: any Error {
        if case .vision = self { ServerError.machine(description) } else { Problem.unusable(description) }
    }
}
