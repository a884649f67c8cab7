import Faces
import Foundation
import TestSupport
import Testing

@testable import Server

/// With the real models and portraits.
@Suite(.onEveryDatabase, .serialized, .timeLimit(.minutes(10))) struct PhotographRoutesTests {
    let school: FaceSchool

    init() async throws {
        _ = try Fixtures.models
        school = try await FaceSchool(looks: true)
    }

    private func path(_ person: FaceSchool.Member) -> String { "/users/\(person.id.lowercased)/photographs" }

    private func enrol(
        _ body: [UInt8], type: String = "image/jpeg", of person: FaceSchool.Member, as member: FaceSchool.Member? = nil
    ) async throws -> FaceSchool.Answer {
        try await school.send(.post, path(person), as: member ?? school.admin, type: type, body)
    }

    private func codes(_ advice: Any?) -> [String]? {
        (advice as? [[String: String]])?.compactMap { $0["code"] }
    }

    @Test func whichPhotographIsMissingIsSaidOfAllThatAreThere() async throws {
        try school.consent(school.student)
        let eileen = try Portrait.bytes("astronaut.png")
        let first = try await enrol(eileen, type: "image/png", of: school.student)
        #expect(codes(first.json["advice"]) == ["not_neutral"])
        #expect(codes(first.json["missing"]) == ["only_one", "no_neutral"])
        let texts = (first.json["advice"] as? [[String: String]])?.compactMap { $0["text"] }
        #expect(texts?.allSatisfy { $0.hasSuffix(".") } == true)
        let second = try await enrol(try Portrait.bytes("grace_hopper.jpg"), of: school.student)
        #expect(codes(second.json["missing"]) == ["perhaps_two_people"], "\(second.json)")
    }

    @Test func aGoodPhotographIsEnrolledOnceAndListedAndRemoved() async throws {
        try school.consent(school.student)
        let picture = try Portrait.bytes("grace_hopper.jpg")
        let first = try await enrol(picture, of: school.student)
        #expect(first.status == 201 && first.json["verdict"] as? String == "accepted", "\(first.detail)")
        let measures = try #require(first.json["measures"] as? [String: Any])
        #expect(try #require(measures["inter_eye_distance_px"] as? Double) > 24)
        #expect(measures["shows_glasses"] as? Bool == true)
        #expect(codes(first.json["advice"]) == [])
        #expect(codes(first.json["missing"]) == ["only_one", "glasses_in_all"])
        #expect((first.json["warnings"] as? [Any])?.isEmpty == true)
        let again = try await enrol(picture, of: school.student)
        #expect(again.status == 200 && again.json["verdict"] as? String == "known")

        for (member, status) in [
            (school.admin, 200), (school.teacher, 200), (school.student, 200), (school.stranger, 403),
        ] {
            #expect(try await school.send(.get, path(school.student), as: member).status == status)
        }
        let list = try await school.send(.get, path(school.student), as: school.admin)
        let items = try #require(list.json["items"] as? [[String: Any]])
        let id = try #require(items.first?["id"] as? String)
        #expect(items.count == 1 && (items[0]["quality"] as? String)?.contains("px apart") == true)
        #expect(id == (first.json["photograph"] as? [String: Any])?["id"] as? String)
        #expect(try await school.send(.delete, "\(path(school.student))/\(id)", as: school.teacher).status == 403)
        #expect(try await school.send(.delete, "\(path(school.stranger))/\(id)", as: school.admin).status == 404)
        #expect(try await school.send(.delete, "\(path(school.student))/\(id)", as: school.admin).status == 204)
        #expect(try await school.send(.delete, "\(path(school.student))/\(id)", as: school.admin).status == 404)
        #expect(try school.school.look("SELECT id FROM templates").isEmpty)
    }

    /// A server without models serves everything else, and takes the models without a restart.
    @Test func aPackThatIsMendedIsTakenWithTheNextPhotograph() async throws {
        let folder = try TemporaryFolder()
        let good = "\(try Fixtures.models)/rollcall-models.pack"
        let half = try Data(contentsOf: URL(filePath: good)).prefix(1 << 20)
        let path = try folder.write("rollcall-models.pack", [UInt8](half))
        let school = try await FaceSchool(models: ModelPack(path: path))
        try school.consent(school.student)
        let picture = try Portrait.bytes("grace_hopper.jpg")
        func enrol() async throws -> FaceSchool.Answer {
            try await school.send(
                .post, self.path(school.student), as: school.admin, type: "image/jpeg", picture)
        }
        let refused = try await enrol()
        #expect(refused.status == 503 && refused.headers[.retryAfter] != nil, "\(refused.status)")
        #expect(refused.detail.contains("face models"), "\(refused.detail)")
        #expect(try await school.send(.get, self.path(school.student), as: school.admin).status == 200)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: good)
        #expect(try await enrol().status == 201)
    }

    @Test func somebodyWhoLooksLikeAnotherIsWarnedOf() async throws {
        for member in [school.student, school.stranger] { try school.consent(member) }
        let picture = try Portrait.bytes("grace_hopper.jpg")
        #expect(try await enrol(picture, of: school.student).status == 201)
        let other = try await enrol(try Portrait.bytes("astronaut.png"), type: "image/png", of: school.stranger)
        #expect(other.status == 201 && (other.json["warnings"] as? [Any])?.isEmpty == true, "\(other.detail)")
        let same = try await enrol(picture, of: school.stranger)
        #expect(same.status == 201, "it is a warning: twins exist")
        let warnings = try #require(same.json["warnings"] as? [[String: Any]])
        #expect(warnings.count == 1 && warnings[0]["id"] as? String == school.student.id.lowercased)
        #expect(warnings.first?["name"] as? String == "Ada" && warnings.first?["score"] as? Double ?? 0 > 5)
    }

    @Test func whatIsNotGoodEnoughIsRefusedWithTheReason() async throws {
        let picture = try Portrait.bytes("grace_hopper.jpg")
        #expect(try await enrol(picture, of: school.student).status == 409, "no consent")
        try school.consent(school.student)
        for (body, words) in [(try Portrait.ramp(), "no face"), (try Portrait.two(), "2 faces")] {
            let answer = try await enrol(body, of: school.student)
            #expect(answer.status == 422 && answer.detail.contains(words), "\(answer.status) \(answer.detail)")
        }
        let bomb = try await enrol(try HostilePictures.jpeg(claiming: 65_000), of: school.student)
        #expect(bomb.status == 413)
        let half = try await enrol(Array(picture.prefix(picture.count / 2)), of: school.student)
        #expect(half.status == 422)
        #expect(try await enrol(picture, type: "image/gif", of: school.student).status == 415)
        #expect(try await enrol(picture, type: "image/png", of: school.student).status == 400)
        for member in [school.teacher, school.student, school.stranger] {
            #expect(try await enrol(picture, of: school.student, as: member).status == 403)
        }
        #expect(try school.school.look("SELECT id FROM templates").isEmpty)
    }
}
