import TestSupport

@testable import Server

/// A certificate for localhost and 127.0.0.1, made by the `openssl` program. It is its own authority.
struct TestCertificate {
    let files: ServerConfiguration.TLSFiles

    init(in folder: TemporaryFolder, name: String = "server") async throws {
        files = .init(certificate: folder.file("\(name).pem"), key: folder.file("\(name).key"))
        let result = try await Command.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", files.key,
                "-out", files.certificate,
            ])
        guard result.status == 0 else { throw FixtureError("openssl made no certificate: \(result.errors)") }
    }
}
