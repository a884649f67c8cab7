import Configuration
import Foundation
import TestSupport
import Testing

@testable import Server

/// The stand-in beside this file; it ends with this value.
private final class CloudinaryStandIn {
    let folder: TemporaryFolder
    let account: CloudinaryAccount
    let certificate: TestCertificate
    private let process = Process()
    private let input = Pipe()

    init(digest: CloudinaryAccount.Digest, secret: String = "the-secret", ownSecret: String = "the-secret") async throws
    {
        folder = try TemporaryFolder()
        certificate = try await TestCertificate(in: folder)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", URL(filePath: #filePath).deletingLastPathComponent().appending(path: "cloudinary.py").path(),
            certificate.files.certificate, certificate.files.key, "school", "1234567890", ownSecret, digest.rawValue,
        ]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = line.trimmingCharacters(in: .whitespacesAndNewlines)
        try folder.write("secret", secret + "\n")
        try folder.write(
            "account.toml",
            """
            [cloudinary]
            cloud_name = "school"
            api_key = "1234567890"
            api_secret_file = "secret"
            signature = "\(digest.rawValue)"
            api_url = "https://localhost:\(port)"
            delivery_url = "https://localhost:\(port)"
            ca_file = "\(certificate.files.certificate)"
            """)
        let document = try TomlDocument.load(folder.file("account.toml"))
        account = try CloudinaryAccount(try document.table("cloudinary"))
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    func store() throws -> ImageStore { .cloudinary(Cloudinary(account, secret: try account.readSecret())) }

    /// What the service has.
    func assets() async throws -> String {
        try await Command.run(
            "/usr/bin/curl",
            ["--silent", "--cacert", certificate.files.certificate, "\(account.apiAddress)/assets"]
        ).output
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

@Suite(.timeLimit(.minutes(10))) struct CloudinaryTests {
    private let jpeg = [UInt8]("a picture \r\n--rollcall-".utf8) + (0...255).map { UInt8($0) }

    /// The example of Cloudinary's documentation.
    @Test func signsAsDocumented() {
        let parameters = [
            "timestamp": "1315060510", "public_id": "sample_image", "eager": "w_400,h_300,c_pad|w_260,h_200,c_crop",
        ]
        #expect(
            CloudinarySecret("abcd").signature(of: parameters, .sha1) == "bfd09f95f331f558cbd1320e67aa8d488770583e")
        #expect("\(CloudinarySecret("abcd"))" == "…")
    }

    @Test(arguments: CloudinaryAccount.Digest.allCases)
    func uploadsDeliversAndDestroys(digest: CloudinaryAccount.Digest) async throws {
        let service = try await CloudinaryStandIn(digest: digest)
        let store = try service.store()
        let place = ImageStore.newPlace()
        try store.put(jpeg, at: place, of: UUID())
        #expect(try await service.assets() == "[\"authenticated/\(place)\"]")
        #expect(try store.get(place, of: UUID()) == jpeg)
        #expect(throws: ImageError.missing) { try store.get(ImageStore.newPlace(), of: UUID()) }
        try store.delete(place)
        #expect(try await service.assets() == "[]")
        #expect(throws: ImageError.missing) { try store.get(place, of: UUID()) }
        try store.delete(place)
    }

    @Test func aWrongSecretIsRefusedAndNeverShown() async throws {
        let service = try await CloudinaryStandIn(digest: .sha256, secret: "another-secret")
        let store = try service.store()
        let error = #expect(throws: ImageError.self) { try store.put(jpeg, at: ImageStore.newPlace(), of: UUID()) }
        guard case .refused(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("Invalid Signature") && !reason.contains("another-secret"))
        #expect(throws: ImageError.self) { try store.get(ImageStore.newPlace(), of: UUID()) }
        #expect(try await service.assets() == "[]")
    }

    @Test func aServiceThatIsAwayOrSomebodyElseIsUnavailable() async throws {
        let service = try await CloudinaryStandIn(digest: .sha256)
        var stranger = service.account
        stranger.authorityFile = nil
        let untrusted = ImageStore.cloudinary(Cloudinary(stranger, secret: try stranger.readSecret()))
        service.stop()
        for store in [untrusted, try service.store()] {
            let error = #expect(throws: ImageError.self) { try store.put(jpeg, at: ImageStore.newPlace(), of: UUID()) }
            guard case .unavailable = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test func placesFromTheDatabaseAreChecked() async throws {
        let service = try await CloudinaryStandIn(digest: .sha256)
        for place in ["", "../secret", "ABCDEF00112233445566778899aabbcc", "0011/2233445566778899aabbccddeef"] {
            #expect(throws: ImageError.self) { try service.store().get(place, of: UUID()) }
        }
    }
}
