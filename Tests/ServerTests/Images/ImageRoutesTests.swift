import Capture
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase, .timeLimit(.minutes(10))) struct ImageRoutesTests {
    let school: FaceSchool

    init() async throws { school = try await FaceSchool() }

    private func path(_ person: FaceSchool.Member) -> String { "/users/\(person.id.lowercased)/image" }

    private func stored() throws -> Int {
        try FileManager.default.subpathsOfDirectory(atPath: school.school.folder.file("images")).count { $0.count > 2 }
    }

    @Test func anImageIsSetReadReplacedAndRemoved() async throws {
        let path = path(school.student)
        #expect(try await school.send(.get, path, as: school.student).status == 404)
        for _ in 0..<2 {
            let set = try await school.send(.put, path, as: school.student, type: "image/jpeg", Portrait.ramp())
            #expect(set.status == 204)
            #expect(try stored() == 1, "the one before is deleted")
        }
        let read = try await school.send(.get, path, as: school.student)
        #expect(read.status == 200)
        #expect(read.headers[.contentType] == "image/jpeg" && read.headers[.cacheControl] == "no-store")
        #expect(read.headers[.xContentTypeOptions] == "nosniff")
        #expect(read.headers[.contentDisposition]?.hasPrefix("inline; filename=") == true)
        let frame = try ImageFile.load(bytes: read.body)
        #expect(frame.width == 300 && frame.height == 200)
        let account = try await school.send(.get, "/users/\(school.student.id.lowercased)", as: school.student)
        #expect(account.json["image"] as? String == path)
        #expect(try await school.send(.delete, path, as: school.student).status == 204)
        #expect(try await school.send(.delete, path, as: school.student).status == 404)
        #expect(try await school.send(.get, path, as: school.student).status == 404)
        #expect(try stored() == 0)
        let actions = try school.school.database.audit.list(
            object: school.student.id.lowercased, page: PageRequest()
        ).map(\.action)
        #expect(actions.filter { $0.hasPrefix("image.") } == ["image.remove", "image.set", "image.set"])
    }

    @Test func onlyTheEntitledOpenAndChangeIt() async throws {
        let picture = try Portrait.ramp()
        let path = path(school.student)
        #expect(try await school.send(.put, path, as: school.admin, type: "image/jpeg", picture).status == 204)
        for (member, read, write) in [
            (school.admin, 200, 204), (school.teacher, 200, 403), (school.student, 200, 204),
            (school.stranger, 403, 403),
        ] {
            #expect(try await school.send(.get, path, as: member).status == read)
            #expect(try await school.send(.put, path, as: member, type: "image/jpeg", picture).status == write)
        }
        #expect(try await school.send(.delete, path, as: school.teacher).status == 403)
        #expect(try await school.send(.delete, path, as: school.stranger).status == 403)
        #expect(try await school.send(.get, self.path(school.stranger), as: school.teacher).status == 403)
        #expect(try await school.send(.get, path).status == 401)
        #expect(try await school.send(.get, path, as: school.admin).status == 200)
        let nobody = "/users/\(UUID().lowercased)/image"
        #expect(try await school.send(.get, nobody, as: school.student).status == 403, "as for somebody else")
        #expect(try await school.send(.get, nobody, as: school.admin).status == 404)
        #expect(try await school.send(.get, "/users/..%2f..%2fetc/image", as: school.admin).status == 404)
    }

    @Test func nothingButThePictureIsKept() async throws {
        let given = try HostilePictures.withSecrets()
        #expect(Data(given).range(of: Data("GPSLatitude".utf8)) != nil)
        let path = path(school.student)
        #expect(try await school.send(.put, path, as: school.student, type: "image/jpeg", given).status == 204)
        let kept = Data(try await school.send(.get, path, as: school.student).body)
        for secret in ["Exif", "GPSLatitude", "somebody", "<script>"] {
            #expect(kept.range(of: Data(secret.utf8)) == nil, "\(secret)")
        }
        #expect(try ImageFile.load(bytes: Array(kept)).width == 300)
    }

    @Test func aLargePictureIsMadeSmaller() async throws {
        let path = path(school.student)
        let picture = try Portrait.ramp(width: 2100, height: 700)
        #expect(try await school.send(.put, path, as: school.student, type: "image/jpeg", picture).status == 204)
        let frame = try ImageFile.load(bytes: try await school.send(.get, path, as: school.student).body)
        #expect(frame.width == 1024 && frame.height == 341)
    }

    @Test func whatIsNoPictureIsRefused() async throws {
        let picture = try Portrait.ramp()
        let png = HostilePictures.png(claiming: 60_000)
        let pgm = Array("P5\n2 2\n255\n\u{1}\u{2}\u{3}\u{4}".utf8)
        let large = picture + [UInt8](repeating: 0, count: 10 << 20)
        let path = path(school.student)
        for (what, type, body, status) in [
            ("no type", nil, picture, 415), ("a page", "text/html", picture, 415),
            ("svg", "image/svg+xml", picture, 415),
            ("a form", "multipart/form-data", picture, 415), ("pgm", "image/jpeg", pgm, 400),
            ("a jpeg as png", "image/png", picture, 400), ("a page as png", "image/png", Array("<html>".utf8), 400),
            ("nothing", "image/jpeg", [], 400), ("too large", "image/jpeg", large, 413),
            ("a bomb in jpeg", "image/jpeg", try HostilePictures.jpeg(claiming: 65_000), 413),
            ("a bomb in png", "image/png", png, 413),
            ("a small lie in png", "image/png", HostilePictures.png(claiming: 500), 422),
            ("half a jpeg", "image/jpeg", Array(picture.prefix(picture.count / 2)), 422),
            ("a head of jpeg", "image/jpeg", [0xFF, 0xD8, 0xFF], 422),
        ] as [(String, String?, [UInt8], Int)] {
            let answer = try await school.send(.put, path, as: school.student, type: type, body)
            #expect(answer.status == status, "\(what): \(answer.detail)")
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
        #expect(try stored() == 0)
        #expect(try await school.send(.get, path, as: school.student).status == 404)
    }

    /// 490 scans of 25 megapixels are 167 kB and take libjpeg seven seconds, 32 of them half a second.
    @Test func aPictureOfVeryManyScansIsRefused() async throws {
        let path = path(school.student)
        for (scans, status) in [(1, 204), (10, 204), (JPEGScans.most, 204), (JPEGScans.most + 1, 422), (64, 422)] {
            let picture = HostilePictures.jpeg(side: 16, scans: scans)
            #expect(JPEGScans.count(in: picture) == scans)
            let answer = try await school.send(.put, path, as: school.student, type: "image/jpeg", picture)
            #expect(answer.status == status, "\(scans): \(answer.detail)")
            #expect(status == 204 || answer.detail.contains("scans"))
        }
    }

    @Test func onlyTheScansOfThePictureItselfCount() throws {
        let picture = HostilePictures.jpeg(side: 16, scans: 3)
        let many: [UInt8] = (0..<100).flatMap { _ in [0xFF, 0xDA] as [UInt8] }
        #expect(JPEGScans.count(in: picture + many) == 3, "what follows the end")
        let length = many.count + 2
        let note: [UInt8] = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + many
        #expect(JPEGScans.count(in: Array(picture.prefix(2)) + note + picture.dropFirst(2)) == 3, "a thumbnail")
        for cut in 0..<picture.count { #expect(JPEGScans.count(in: Array(picture.prefix(cut))) <= 3) }
        for bytes in [[], [0xFF], [0xFF, 0xDA], [0xFF, 0xDA, 0], [0xFF, 0xDA, 0, 0]] as [[UInt8]] {
            #expect(JPEGScans.count(in: bytes) <= 1)
        }
        #expect(JPEGScans.count(in: [0xFF, 0xFF, 0xDA, 0, 2, 1, 0xFF, 0, 0xFF, 0xD3, 0xFF, 0xDA]) == 2)
    }

    @Test func theImagesOfWhoIsGoneAreSwept() async throws {
        let path = path(school.student)
        #expect(
            try await school.send(.put, path, as: school.student, type: "image/jpeg", Portrait.ramp()).status == 204)
        _ = try school.school.database.accounts.remove(school.student.id, by: .server, now: Clock.now)
        #expect(try stored() == 1)
        await school.routes.faces.images.sweep(.init(label: "test"))
        #expect(try stored() == 0)
        #expect(try school.school.look("SELECT id FROM images").isEmpty)
    }

    @Test func anImageThatIsUnderWayIsNotSwept() throws {
        let images = school.school.database.images
        let record = ImageRecords.Record(
            id: UUID(), person: school.student.id, store: "folder", place: ImageStore.newPlace(), bytes: 1)
        try images.begin(record, now: Clock.now)
        #expect(try images.orphans(now: Clock.now).isEmpty)
        let later = Clock.now.advanced(byMilliseconds: ImageRecords.longestWay + 1)
        #expect(try images.orphans(now: later) == [record])
        #expect(try images.use(record, by: .server, now: Clock.now))
        #expect(try images.orphans(now: later).isEmpty)
    }
}
