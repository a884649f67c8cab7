import Foundation
import HTTPTypes
import Hummingbird
import TestSupport
import Testing

@testable import Server

/// Photographs on the page of a person, with the real models and portraits.
@Suite(.serialized, .timeLimit(.minutes(10))) struct AdminEnrolmentTests {
    private let school: FaceSchool
    private let cookie: String
    private let formToken: String

    init() async throws {
        _ = try Fixtures.models
        school = try await FaceSchool(looks: true)
        cookie = "\(PageCookie.login)=\(school.admin.token)"
        let login = try #require(await school.routes.logins.tokens.read(school.admin.token, now: Clock.now))
        formToken = FormToken.of(login.session)
    }

    private func path(_ person: FaceSchool.Member) -> String { "/pages/people/\(person.id.lowercased)/photographs" }

    /// What the server answers to a photograph: its status, and the piece of the page.
    private func send(
        _ body: [UInt8], of person: FaceSchool.Member, type: String = "image/jpeg", token: String? = nil,
        language: String = "en"
    ) async throws -> (status: Int, html: String, isVerdict: Bool) {
        let header = try #require(HTTPField.Name("X-Form-Token"))
        let fields: HTTPFields = [
            .cookie: cookie, .contentType: type, .acceptLanguage: language, header: token ?? formToken,
        ]
        let answer = try await school.test(.router) { [path = path(person)] client in
            try await client.execute(uri: path, method: .post, headers: fields, body: ByteBuffer(bytes: body))
        }
        let verdict = try #require(HTTPField.Name("X-Verdict"))
        return (answer.status.code, String(buffer: answer.body), answer.headers[verdict] == "1")
    }

    @Test func eachPhotographHasAVerdictInTheReadersWords() async throws {
        try school.consent(school.student)
        let picture = try Portrait.bytes("grace_hopper.jpg")
        let good = try await send(picture, of: school.student)
        #expect(good.status == 201 && good.isVerdict && good.html.contains("notice good"), "\(good.html)")
        #expect(good.html.contains("A second photograph, of another day.") && !good.html.contains("<html"))
        let again = try await send(picture, of: school.student, language: "de")
        #expect(again.status == 200 && again.html.contains("Genau dieses Foto ist schon da"))
        for (body, words) in [
            (try Portrait.ramp(), "No face was found"), (try Portrait.two(), "2 faces were found"),
            ([UInt8]("no picture".utf8), "no JPEG or PNG picture"),
        ] {
            let bad = try await send(body, of: school.student)
            #expect(bad.status >= 400 && bad.isVerdict && bad.html.contains("notice bad"))
            #expect(bad.html.contains(words), "\(bad.html)")
        }
        let stored = try school.school.database.people.photographs(of: school.student.id, page: PageRequest())
        #expect(stored.count == 1)
    }

    @Test func whoLooksAlikeIsNamed() async throws {
        try school.consent(school.student)
        try school.consent(school.stranger)
        let picture = try Portrait.bytes("grace_hopper.jpg")
        #expect(try await send(picture, of: school.stranger).status == 201)
        let alike = try await send(picture, of: school.student)
        #expect(alike.status == 201 && alike.html.contains("Ben, class 8a"), "\(alike.html)")
        #expect(alike.html.contains("/pages/people/\(school.stranger.id.lowercased)"))
    }

    @Test func withoutConsentOrTokenNothingIsLookedAt() async throws {
        let picture = try Portrait.bytes("grace_hopper.jpg")
        let refused = try await send(picture, of: school.student)
        #expect(refused.status == 409 && refused.isVerdict && refused.html.contains("No consent is on record"))
        try school.consent(school.student)
        let foreign = try await send(picture, of: school.student, token: "wrong")
        #expect(foreign.status == 403 && !foreign.isVerdict)
        let stored = try school.school.database.people.photographs(of: school.student.id, page: PageRequest())
        #expect(stored.isEmpty)
    }
}
