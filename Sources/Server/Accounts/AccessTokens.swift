import Attendance
import FoundationEssentials
import JWTKit

/// Makes and reads access tokens: JSON web tokens (RFC 7519) signed with HMAC SHA-256, good for some minutes. A token only
/// says which login it belongs to; everything else is read from the database at every request.
struct AccessTokens: Sendable {
    /// How long a token is good.
    static let lifetime = Duration.seconds(600)

    private static let issuer = "rollcall-server"
    private static let algorithm = "HS256"
    private let keys: JWTKeyCollection
    private let newest: JWKIdentifier
    private let known: Set<String>

    init(_ signing: SigningKeys) async {
        keys = JWTKeyCollection()
        for each in signing.keys {
            await keys.add(hmac: HMACKey(key: each.key), digestAlgorithm: .sha256, kid: JWKIdentifier(string: each.id))
        }
        newest = JWKIdentifier(string: signing.newest.id)
        known = Set(signing.keys.map(\.id))
    }

    /// What a good token says.
    struct Claims: JWTPayload, Equatable {
        let iss: IssuerClaim
        let sub: SubjectClaim
        let sid: String
        let iat: IssuedAtClaim
        let exp: ExpirationClaim

        func verify(using algorithm: some JWTAlgorithm) throws {
            guard iss.value == AccessTokens.issuer else {
                throw JWTError.claimVerificationFailure(failedClaim: iss, reason: "another issuer")
            }
        }
    }

    /// A new token for a login.
    /// - Parameter lifetime: how long it is good.
    func make(
        person: UUID, session: UUID, now: Instant, lifetime: Duration = lifetime
    ) async throws(ServerError) -> String {
        let issued = now.date
        let claims = Claims(
            iss: IssuerClaim(value: Self.issuer), sub: SubjectClaim(value: person.lowercased), sid: session.lowercased,
            iat: IssuedAtClaim(value: issued),
            exp: ExpirationClaim(value: issued.addingTimeInterval(TimeInterval(lifetime.components.seconds))))
        do {
            return try await keys.sign(claims, kid: newest)
        } catch {
            throw .stopped(reason: "an access token could not be signed: \(error)")
        }
    }

    /// The login that a token belongs to; nil for one that was not made here, was changed, or is too old.
    ///
    /// The header is held to our algorithm and our keys before anything is verified: the library takes the key that it
    /// finds, or its default, whatever algorithm the header names.
    func read(_ token: String, now: Instant) async -> (person: UUID, session: UUID)? {
        guard token.utf8.count <= 2048, let header = Self.header(of: token), header.alg == Self.algorithm,
            let kid = header.kid, known.contains(kid),
            let claims = try? await keys.verify(token, as: Claims.self),
            (try? claims.exp.verifyNotExpired(currentDate: now.date)) != nil,
            let person = UUID(uuidString: claims.sub.value), let session = UUID(uuidString: claims.sid)
        else { return nil }
        return (person, session)
    }

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        /// Extensions that must be understood: there are none that are.
        let crit: [String]?
    }

    private static func header(of token: String) -> Header? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let json = Base64URL.decode(String(parts[0])),
            let header = try? JSONDecoder().decode(Header.self, from: json), header.crit == nil
        else { return nil }
        return header
    }
}

extension Instant {
    /// The moment as the standard library has it.
    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
