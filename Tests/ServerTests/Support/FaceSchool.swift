import Capture
import Faces
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SyncProtocol
import TestSupport

@testable import Server

/// A school with an admin, a teacher of class 7b, a student of it, a student of 8a, and their access tokens.
struct FaceSchool {
    let school: School
    let routes: Routes
    let admin: Member
    let teacher: Member
    let student: Member
    let stranger: Member

    struct Member {
        let id: UUID
        let token: String
    }

    struct Answer {
        let status: Int
        let body: [UInt8]
        let headers: HTTPFields

        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
        }

        var detail: String { json["detail"] as? String ?? "" }
    }

    /// For the suites that look at faces, one test at a time: the models are loaded once.
    static let vision = VisionThread(models: ModelPack(folder: ModelFolder.path))

    /// - Parameters:
    ///   - looks: whether the test needs the models.
    ///   - models: for a test that looks at pictures with models of its own.
    ///   - inbox: where pictures come in, for a test that does not look at them.
    init(
        upload: UploadConfiguration = UploadConfiguration(), everyDay: Bool = true, looks: Bool = false,
        models: ModelPack = ModelPack(folder: ModelFolder.path), inbox: PhotographInbox = PhotographInbox()
    ) async throws {
        // Now, since a test's client does not wait for ever.
        if looks { try await Self.vision.look { _ in } }
        school = try School()
        let plain = try await school.routes()
        try school.database.policies.adopt(
            everyDay ? try School.openEveryDay() : try School.shut(), now: Clock.now)
        routes = Routes(
            database: plain.database, logins: plain.logins,
            faces: looks
                ? try school.faces(plain.database, upload: upload, vision: Self.vision)
                : try school.faces(
                    plain.database, upload: upload,
                    vision: VisionThread(models: models, inbox: inbox)),
            pages: try PageLibrary())
        let (logins, database) = (plain.logins, school.database)
        func member(_ name: String, _ role: Role, _ className: String? = nil) async throws -> Member {
            let account = try database.accounts.create(
                AccountDetails(
                    name: name, role: role, email: "\(name.lowercased())@school.example", age: nil,
                    className: className), password: nil, by: .server, now: Clock.now)
            let opened = try database.sessions.open(account.id, now: Clock.now)
            return Member(
                id: account.id,
                token: try await logins.tokens.make(person: account.id, session: opened.session, now: Clock.now))
        }
        admin = try await member("Admin", .admin)
        teacher = try await member("Teacher", .teacher)
        student = try await member("Ada", .student, "7b")
        stranger = try await member("Ben", .student, "8a")
        guard let taught = try database.classes.find(name: "7b") else { throw FixtureError("there is no class 7b") }
        _ = try database.classes.setTeachers([teacher.id], of: taught.id, by: .server, now: Clock.now)
    }

    func consent(_ person: Member) throws {
        _ = try school.database.people.setConsent(true, note: nil, of: person.id, by: .server, now: Clock.now)
    }

    /// Sends one request through the router.
    func send(
        _ method: HTTPRequest.Method, _ path: String, as member: Member? = nil, type: String? = nil,
        _ body: [UInt8] = []
    ) async throws -> Answer {
        try await test(.router) { client in try await Self.send(client, method, path, as: member, type: type, body) }
    }

    /// Runs the body with a client; `.live` is one with an address.
    func test<Result: Sendable>(
        _ kind: TestingSetup, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Result
    ) async throws -> Result {
        try await Application(router: routes.router()).test(kind, body)
    }

    static func send(
        _ client: any TestClientProtocol, _ method: HTTPRequest.Method, _ path: String, as member: Member? = nil,
        type: String? = nil, _ body: [UInt8] = []
    ) async throws -> Answer {
        var headers: HTTPFields = [:]
        if let member { headers[.authorization] = "Bearer \(member.token)" }
        headers[.contentType] = type
        let answer = try await client.execute(
            uri: path, method: method, headers: headers, body: ByteBuffer(bytes: body))
        return Answer(
            status: answer.status.code, body: Array(answer.body.readableBytesView), headers: answer.headers)
    }
}

/// The files of `make setup`'s portraits, and what tests make of them.
enum Portrait {
    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "\(try Fixtures.portraits)/\(name)")))
    }

    /// Two people in one picture.
    static func two() throws -> [UInt8] {
        let first = try Picture(portrait: "astronaut.png")
        let second = try Picture(portrait: "grace_hopper.jpg")
        let canvas = (width: 600, height: 600)
        let both = first.transformed(scale: 1, canvas: canvas).beside(second.transformed(scale: 1, canvas: canvas))
        return try JPEGFile.encode(try both.frame(), longestSide: 2000)
    }

    /// A picture without a face.
    static func ramp(width: Int = 300, height: Int = 200) throws -> [UInt8] {
        var picture = Picture(width: width, height: height, grey: 0)
        for index in picture.pixels.indices { picture.pixels[index] = UInt8(index / 3 % width * 255 / width) }
        return try JPEGFile.encode(try picture.frame(), longestSide: 10_000)
    }
}
