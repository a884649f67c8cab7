import Configuration
import Faces
import FoundationEssentials
import Glibc
import HummingbirdTLS
import NIOSSL
import Synchronization

/// The certificate and key that the server shows, read from their files; a reload serves new connections with new ones.
final class TLSMaterial: Sendable {
    private let current: Mutex<NIOSSLContextConfigurationOverride>
    private let first: TLSConfiguration

    /// Reads both files and checks that they belong together.
    init(_ files: ServerConfiguration.TLSFiles) throws(ServerError) {
        let pair = try Self.read(files)
        current = Mutex(pair.asOverride)
        first = pair.configuration()
    }

    /// Reads both files again. On failure the old pair stays in use.
    func reload(_ files: ServerConfiguration.TLSFiles) throws(ServerError) {
        let pair = try Self.read(files)
        current.withLock { $0 = pair.asOverride }
    }

    /// TLS 1.2 or newer, HTTP/1.1, and the newest pair at every handshake.
    var configuration: TLSConfiguration {
        var configuration = first
        configuration.sslContextCallback = { [self] _, promise in
            promise.succeed(current.withLock { $0 })
        }
        return configuration
    }

    private static func read(_ files: ServerConfiguration.TLSFiles) throws(ServerError) -> Pair {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMBytes(try contents(of: files.certificate, certificateKey))
        } catch let error as ServerError {
            throw error
        } catch {
            throw .certificate(key: certificateKey, file: files.certificate, reason: "it holds no PEM certificate")
        }
        guard !chain.isEmpty else {
            throw .certificate(key: certificateKey, file: files.certificate, reason: "it holds no PEM certificate")
        }
        guard !isOpenToEverybody(files.key) else {
            throw .certificate(
                key: keyKey, file: files.key,
                reason: "every user can read this private key; run chmod o= \(files.key)")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: try contents(of: files.key, keyKey), format: .pem)
        } catch let error as ServerError {
            throw error
        } catch {
            throw .certificate(key: keyKey, file: files.key, reason: "it holds no PEM private key")
        }
        let pair = Pair(chain: chain, key: key)
        do {
            _ = try NIOSSLContext(configuration: pair.configuration())
        } catch {
            throw .certificate(
                key: keyKey, file: files.key, reason: "it is not the key of \(files.certificate)")
        }
        return pair
    }

    private static let certificateKey = "tls.certificate"
    private static let keyKey = "tls.key"

    private static func contents(of path: String, _ key: String) throws(ServerError) -> [UInt8] {
        if let problem = NamedFile.problem(path) { throw .certificate(key: key, file: path, reason: problem) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .certificate(key: key, file: path, reason: "it cannot be read")
        }
        return Array(data)
    }

    private static func isOpenToEverybody(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IRWXO != 0
    }

    private struct Pair {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey

        func configuration() -> TLSConfiguration {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return configuration
        }

        var asOverride: NIOSSLContextConfigurationOverride {
            var override = NIOSSLContextConfigurationOverride()
            override.certificateChain = chain.map { .certificate($0) }
            override.privateKey = .privateKey(key)
            return override
        }
    }
}

extension ServerConfiguration {
    /// Throws unless the files that it names can be used: what the start needs, and the models of the enrolment. The key is
    /// also tried on a template, where the database is a file.
    public func checkFiles() throws(ServerError) {
        _ = try TLSMaterial(tls)
        try checkTemplates(try openVault())
        _ = try openSigningKeys()
        _ = try openMailPassword()
        _ = try FaceEngine.loaded(models)
        _ = try images.cloudinary?.readSecret()
    }
}
