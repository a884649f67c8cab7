import Attendance
import Faces
import FoundationEssentials
import Hummingbird
import Identification

/// Takes in a photograph of somebody and stores its template: what every way of enrolling over HTTP does, the API's and
/// the pages'.
struct PhotographDesk: Sendable {
    let database: DatabaseThread
    let vision: VisionThread
    let roster: FaceRoster

    /// What became of a photograph that is good enough.
    struct Taken: Sendable {
        /// nil for one that was enrolled before.
        let photograph: EnrolledPhotograph?
        let face: EnrolledFace
        /// What is missing among all photographs of the person, this one among them.
        let missing: [EnrolmentAdvice]
        /// Who else looks like it.
        let lookAlikes: [LookAlikes.Person]
        let zone: TimeZoneRules
    }

    /// Why no photograph of a person is taken, however good it is.
    enum Refusal: Error, Sendable, Equatable {
        case noConsent, noStudent
        case noRoom(limit: Int)

        /// What the API answers.
        var answer: Problem {
            switch self {
            case .noConsent:
                .conflict("No consent of this person is on record; record it first at /users/{user_id}/consent.")
            case .noStudent: .conflict("Only students are recognised at terminals; this is none.")
            case .noRoom(let limit):
                .conflict(
                    "The person has \(limit) photographs already, as many as a roster carries; remove one first.")
            }
        }
    }

    /// Takes the photograph in the body of a request.
    /// - Throws: `EnrolmentError` for what the photograph shows, `Refusal`, and problems: 403, 404, those of
    ///   `Request.photograph` and `Photograph.decode`, 503 where too much is to be looked at.
    func take(_ request: Request, of person: UUID, by caller: Caller) async throws -> Taken {
        let account = try await database.person(person, for: caller, .enrolPhotograph)
        guard account.hasConsent else { throw Refusal.noConsent }
        let sender = caller.id.lowercased
        let (face, lookAlikes) = try await vision.inbox.withPhotograph(in: request, from: sender, for: .staff) {
            bytes in
            try await vision.withPlace(for: .staff) {
                let identifier = try await roster.identifier()
                return try await vision.look { engine in
                    let face = try engine.enrol(photograph: try Photograph.decode(bytes))
                    return (face, LookAlikes.of(face.descriptor, but: [person], in: identifier))
                }
            }
        }
        let template = NewTemplate(face)
        let (outcome, missing, zone) = try await database.run { database throws(ServerError) in
            (
                try database.people.add(template, to: person, by: .person(caller.id), now: Clock.now),
                try database.people.missing(of: person), try database.policies.current().zone
            )
        }
        func taken(_ photograph: EnrolledPhotograph?) -> Taken {
            Taken(photograph: photograph, face: face, missing: missing, lookAlikes: lookAlikes, zone: zone)
        }
        switch outcome {
        case nil: throw Problem.notFound
        case .noConsent: throw Refusal.noConsent
        case .noStudent: throw Refusal.noStudent
        case .noRoom(let limit): throw Refusal.noRoom(limit: limit)
        case .known: return taken(nil)
        case .added(let photograph): return taken(photograph)
        }
    }
}
