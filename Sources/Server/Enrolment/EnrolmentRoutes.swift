import Attendance
import Faces
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Identification

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
        _ = try await database.person(id, for: caller, .recordConsent)
        let body = try await request.body(ConsentBody.self)
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
        let id = try context.id("user_id")
        let account = try await database.person(id, for: caller, .enrolPhotograph)
        guard account.hasConsent else { throw Self.noConsent }
        let sender = caller.id.lowercased
        let (face, warnings) = try await vision.inbox.withPhotograph(in: request, from: sender, for: .staff) { bytes in
            try await vision.withPlace(for: .staff) {
                let identifier = try await roster.identifier()
                return try await vision.look { engine in
                    let face = try Self.face(in: bytes, engine)
                    return (face, LookAlikes.of(face.descriptor, but: [id], in: identifier))
                }
            }
        }
        let template = NewTemplate(face)
        let (outcome, missing, zone) = try await database.run { database throws(ServerError) in
            (
                try database.people.add(template, to: id, by: .person(caller.id), now: Clock.now),
                try database.people.missing(of: id), try database.policies.current().zone
            )
        }
        func answer(
            _ verdict: PhotographAnswer.Verdict, _ photograph: EnrolledPhotographAnswer?
        ) -> PhotographAnswer {
            PhotographAnswer(
                verdict: verdict, photograph: photograph, measures: .init(quality: face.quality),
                advice: face.advice.map(\.message), missing: missing.map(\.message), warnings: warnings)
        }
        switch outcome {
        case nil: throw Problem.notFound
        case .noConsent: throw Self.noConsent
        case .noStudent: throw Problem.conflict("Only students are recognised at terminals; this is none.")
        case .noRoom(let limit):
            throw Problem.conflict(
                "The person has \(limit) photographs already, as many as a roster carries; remove one first.")
        case .known:
            return JSONAnswer(answer(.known, nil))
        case .added(let photograph):
            let listed = EnrolledPhotographAnswer(photograph: photograph, zone: zone)
            return JSONAnswer(answer(.accepted, listed), status: .created)
        }
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

    private static let noConsent = Problem.conflict(
        "No consent of this person is on record; record it first at /users/{user_id}/consent.")

    private static func face(in bytes: [UInt8], _ engine: FaceEngine) throws -> EnrolledFace {
        let photograph = try Photograph.decode(bytes)
        do throws(EnrolmentError) {
            return try engine.enrol(photograph: photograph)
        } catch { throw error.answer }
    }
}

extension EnrolmentError {
    /// What a request with the photograph is answered: what is wrong with it. A failure of the models is the server's own,
    /// and has its reason in the log.
    var answer: any Error {
        if case .vision = self { ServerError.machine(description) } else { Problem.unusable(description) }
    }
}
