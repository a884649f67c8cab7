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
            chain = try NIOSSLCertificate.fromPEMBytes(Array(try contents(of: files.certificate)))
        } catch let error as ServerError {
            throw error
        } catch {
            throw .certificate(file: files.certificate, reason: "it holds no PEM certificate")
        }
        guard !chain.isEmpty else {
            throw .certificate(file: files.certificate, reason: "it holds no PEM certificate")
        }
        guard !isOpenToEverybody(files.key) else {
            throw .certificate(
                file: files.key, reason: "every user can read this private key; run chmod o= \(files.key)")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: Array(try contents(of: files.key)), format: .pem)
        } catch let error as ServerError {
            throw error
        } catch {
            throw .certificate(file: files.key, reason: "it holds no PEM private key")
        }
        let pair = Pair(chain: chain, key: key)
        do {
            _ = try NIOSSLContext(configuration: pair.configuration())
        } catch {
            throw .certificate(file: files.key, reason: "it is not the key of \(files.certificate)")
        }
        return pair
    }

    private static func contents(of path: String) throws(ServerError) -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .certificate(file: path, reason: "it cannot be read by this user")
        }
        return data
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
    /// Throws unless the certificate and its key can be used together.
    public func checkCertificate() throws(ServerError) {
        _ = try TLSMaterial(tls)
    }
}
