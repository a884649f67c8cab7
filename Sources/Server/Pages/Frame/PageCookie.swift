import Attendance
import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The cookies of the pages. The login's is for this server alone and out of reach of scripts and of other sites
/// (RFC 6265bis, section 4.1.3.2: the prefix `__Host-`).
enum PageCookie {
    static let login = "__Host-rollcall"
    static let language = "__Host-rollcall-language"

    /// How long a login lasts without a page being opened, and at most.
    static let idle = Duration.seconds(30 * 60)
    static let longest: Int64 = 12 * 3_600_000

    static func login(_ token: String) -> Cookie {
        Cookie(
            name: login, value: token, maxAge: Int(idle.components.seconds), path: "/", secure: true, httpOnly: true,
            sameSite: .strict)
    }

    static let noLogin = Cookie(
        name: login, value: "", maxAge: 0, path: "/", secure: true, httpOnly: true, sameSite: .strict)

    static func language(_ language: Language) -> Cookie {
        Cookie(
            name: Self.language, value: language.rawValue, maxAge: 365 * 86400, path: "/", secure: true,
            httpOnly: true, sameSite: .strict)
    }
}

/// What proves that a form comes from a page of ours: it follows from the login's id, which only the cookie has, and no
/// other site can read that.
enum FormToken {
    static let field = "form_token"

    static func of(_ session: UUID) -> String {
        Base64URL.encode(SHA256.hash(data: Data("rollcall form \(session.lowercased)".utf8)))
    }

    /// Whether a token is the login's, in a time that does not tell how much of it is right.
    static func isGood(_ token: String, of session: UUID) -> Bool {
        let (given, right) = (Array(token.utf8), Array(of(session).utf8))
        guard given.count == right.count else { return false }
        return zip(given, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
