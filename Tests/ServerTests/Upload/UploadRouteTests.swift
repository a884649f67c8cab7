import Attendance
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Server

/// With the real models and portraits.
@Suite(.onEveryDatabase, .serialized, .timeLimit(.minutes(10))) struct UploadRouteTests {
    private static let path = "/attendance/mark"

    private static func open(from networks: [String] = ["127.0.0.0/8", "::1"]) -> UploadConfiguration {
        var configuration = UploadConfiguration()
        configuration.isEnabled = true
        configuration.networks = NetworkList(networks.compactMap { NetworkList.Network($0) })
        configuration.perAddress = 50
        configuration.shortestAnswer = .milliseconds(400)
        return configuration
    }

    private func enrol(_ portrait: String, _ members: FaceSchool.Member..., in school: FaceSchool) async throws {
        for member in members {
            try school.consent(member)
            let answer = try await school.send(
                .post, "/users/\(member.id.lowercased)/photographs", as: school.admin,
                type: portrait.hasSuffix("png") ? "image/png" : "image/jpeg", try Portrait.bytes(portrait))
            try #require(answer.status == 201, "\(answer.detail)")
        }
    }

    private func upload(
        _ body: [UInt8], type: String = "image/jpeg", to school: FaceSchool
    ) async throws -> FaceSchool.Answer {
        // The client gives up after 20 s, and on a busy machine faces wait longer for their turn. The same photograph once
        // more changes nothing.
        for _ in 0..<5 {
            do {
                return try await school.test(.live) { client in
                    try await FaceSchool.send(client, .post, Self.path, type: type, body)
                }
            } catch  where "\(error)".contains("readTimeout") {}
        }
        throw FixtureError("no answer to a photograph in five times 20 s")
    }

    @Test func somebodyEnrolledIsMarkedOnce() async throws {
        let school = try await FaceSchool(upload: Self.open(), looks: true)
        try await enrol("grace_hopper.jpg", school.student, in: school)
        let picture = try Portrait.bytes("grace_hopper.jpg")
        for _ in 0..<2 {
            let answer = try await upload(picture, to: school)
            #expect(answer.status == 200 && answer.json["status"] as? String == "present", "\(answer.detail)")
            #expect(Set(answer.json.keys) == ["status", "session", "at"], "it does not say who that is")
            let at = try #require(answer.json["at"] as? String)
            #expect(at.hasPrefix(try #require(answer.json["session"] as? String)))
            #expect(at.hasSuffix("+00:00") || at.hasSuffix("+01:00"))
        }
        let rows = try school.school.look("SELECT * FROM marks")
        #expect(rows.count == 1)
        #expect(try rows[0].uuid("person") == school.student.id && rows[0].isNull("terminal"))
        #expect(try rows[0].text("source") == "upload")
        #expect(UUIDv7.instant(of: try rows[0].uuid("id")) != nil)
    }

    @Test func aStrangerAndAnUnsureMatchAreAnsweredAlike() async throws {
        let school = try await FaceSchool(upload: Self.open(), looks: true)
        let (grace, astronaut) = (try Portrait.bytes("grace_hopper.jpg"), try Portrait.bytes("astronaut.png"))
        var answers = [try await upload(grace, to: school)]
        try await enrol("grace_hopper.jpg", school.student, school.stranger, in: school)
        for (body, type) in [(grace, "image/jpeg"), (astronaut, "image/png")] {
            let start = ContinuousClock.now
            answers.append(try await upload(body, type: type, to: school))
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
        #expect(answers.map(\.status) == [422, 422, 422])
        #expect(Set(answers.map { String(decoding: $0.body, as: UTF8.self) }).count == 1)
        #expect(answers[0].detail == "Nobody was recognised in this photograph.")
        #expect(try school.school.look("SELECT * FROM marks").isEmpty)
    }

    @Test func whatStaffHaveVoidedIsNotMadeAgain() async throws {
        let school = try await FaceSchool(upload: Self.open(), looks: true)
        try await enrol("grace_hopper.jpg", school.student, in: school)
        let picture = try Portrait.bytes("grace_hopper.jpg")
        #expect(try await upload(picture, to: school).status == 200)
        _ = try school.school.look("UPDATE marks SET voided_ms = 1 RETURNING id")
        #expect(try await upload(picture, to: school).status == 422)
        #expect(try school.school.look("SELECT * FROM marks").count == 1)
    }

    @Test func aPhotographHasOneGoodFaceAndIsAPhotograph() async throws {
        let school = try await FaceSchool(upload: Self.open(), looks: true)
        try await enrol("grace_hopper.jpg", school.student, in: school)
        let picture = try Portrait.bytes("grace_hopper.jpg")
        for (body, type, status, words) in [
            (try Portrait.ramp(), "image/jpeg", 422, "no face"), (try Portrait.two(), "image/jpeg", 422, "2 faces"),
            (picture, "text/plain", 415, ""), (picture, "image/png", 400, ""),
            (Array(picture.prefix(5000)), "image/jpeg", 422, "cannot be read"),
            (try HostilePictures.jpeg(claiming: 65_000), "image/jpeg", 413, "pixels"),
            (picture + [UInt8](repeating: 0, count: 10 << 20), "image/jpeg", 413, ""),
        ] {
            let answer = try await upload(body, type: type, to: school)
            #expect(answer.status == status && (words.isEmpty || answer.detail.contains(words)), "\(answer.detail)")
        }
        #expect(try school.school.look("SELECT * FROM marks").isEmpty)
    }

    @Test func theDoorIsShutUnlessItIsOpenedAndForOthers() async throws {
        let picture = try Portrait.ramp()
        let shut = try await FaceSchool()
        #expect(try await upload(picture, to: shut).status == 404)
        let elsewhere = try await FaceSchool(upload: Self.open(from: ["203.0.113.0/24"]))
        #expect(try await upload(picture, to: elsewhere).status == 403)
        let nowhere = try await elsewhere.send(.post, Self.path, type: "image/jpeg", picture)
        #expect(nowhere.status == 403, "who has no address has no network")
        let holidays = try await FaceSchool(upload: Self.open(), everyDay: false)
        #expect(try await upload(picture, to: holidays).status == 409)
    }

    private static func head(of length: Int) -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: \(length)\r\n\r\n"
    }

    /// As many as may wait for the models: none of them has a place there before its picture has come.
    @Test func whoSendsSlowlyShutsNobodyOut() async throws {
        let school = try await FaceSchool(upload: Self.open())
        let inbox = school.routes.faces.vision.inbox
        try await PlainServer.whileServing(school.routes) { port in
            let addresses = ["127.0.0.2", "127.0.0.2", "127.0.0.2", "127.0.0.3"]
            let slow = try addresses.map { try PlainClient(port: port, from: $0) }
            for client in slow { try client.send(Self.head(of: 1000) + "a") }
            let end = ContinuousClock.now + .seconds(30)
            while inbox.count(of: .upload) < 4, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(5))
            }
            try #require(inbox.count(of: .upload) == 4)
            let fourth = try PlainClient(port: port, from: "127.0.0.2")
            try fourth.send(Self.head(of: 3) + "abc")
            #expect(try await fourth.status() == 503, "it has all the places of one sender")
            let other = try PlainClient(port: port, from: "127.0.0.4")
            try other.send(Self.head(of: 3) + "abc")
            #expect(try await other.status() == 400, "its picture is read, and is none")
        }
    }

    @Test func aPictureThatComesTooSlowlyIsGivenUp() async throws {
        let school = try await FaceSchool(
            upload: Self.open(), inbox: PhotographInbox(patience: .milliseconds(300)))
        let inbox = school.routes.faces.vision.inbox
        try await PlainServer.whileServing(school.routes) { port in
            let slow = try PlainClient(port: port, from: "127.0.0.2")
            try slow.send(Self.head(of: 1000) + "a")
            #expect(try await slow.status() == 408)
            #expect(inbox.count(of: .upload) == 0)
        }
    }

    @Test func tooManyAreSentAway() async throws {
        var configuration = Self.open()
        configuration.perAddress = 2
        let school = try await FaceSchool(upload: configuration)
        try await school.test(.live) { client in
            var statuses: [Int] = []
            for _ in 0..<3 {
                let answer = try await FaceSchool.send(client, .post, Self.path, type: "text/plain", [1])
                statuses.append(answer.status)
                if answer.status == 429 { #expect(answer.headers[.retryAfter] != nil) }
            }
            #expect(statuses == [415, 415, 429])
        }
    }
}
