import Attendance
import Faces
import FoundationEssentials
import Identification

/// Turns a photograph without a login into a mark. Who is not known and who is not known surely enough are one case: all
/// that differs between them is what one comparison of numbers gives.
struct UploadDesk: Sendable {
    let database: DatabaseThread
    let vision: VisionThread
    let roster: FaceRoster

    /// What became of a photograph.
    struct Receipt: Sendable, Equatable {
        let mark: UploadMarks.Outcome
        let session: SessionID
        /// When the photograph came, in the school's time.
        let at: String
    }

    /// Marks whoever is on the photograph.
    /// - Returns: nil for somebody who is not recognised surely.
    /// - Throws: 409 on a day without school, 413 and 422 for a photograph without exactly one good face.
    func mark(_ photograph: [UInt8], now: Instant) async throws -> Receipt? {
        let policy = try await database.run { database throws(ServerError) in try database.policies.current() }
        let session = policy.session(at: now)
        guard policy.hasSchool(on: session) else { throw Problem.conflict("There is no school today.") }
        let version = policy.version(of: session)
        let identifier = try await roster.identifier()
        let decision = try await vision.look { engine in
            try Self.decide(photograph, engine, identifier)
        }
        guard case .identified(let candidate) = decision else { return nil }
        let person = identifier.roster.people[candidate.person]
        let seen = UploadMarks.Sighting(
            person: person.id, session: session, at: now,
            status: version.policy.status(for: person.className, at: now, zone: version.zone),
            score: Mark.score(candidate.score))
        let outcome = try await database.run { database throws(ServerError) in
            try UploadMarks.store(seen, in: database.marks, now: now)
        }
        guard let outcome else { return nil }
        return Receipt(mark: outcome, session: session, at: version.zone.text(of: now))
    }

    /// The very stages of a terminal: detector, landmarks, quality gate, descriptor, matcher, rule.
    private static func decide(
        _ photograph: [UInt8], _ engine: FaceEngine, _ identifier: Identifier
    ) throws -> Decision {
        let frame = try Photograph.decode(photograph)
        let face: EnrolledFace
        do throws(EnrolmentError) {
            face = try engine.enrol(photograph: frame, limits: QualityLimits())
        } catch { throw error.answer }
        var evidence = Evidence()
        evidence.add(face.descriptor, scorer: identifier.scorer)
        return identifier.conclude(evidence)
    }
}
