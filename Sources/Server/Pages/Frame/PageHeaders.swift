import HTTPTypes
import Hummingbird

/// What every answer under /pages tells the browser: to load nothing from elsewhere, to run nothing that is written into a
/// page, to be in no frame, and to tell no other server where it came from.
struct PageHeaders: RouterMiddleware {
    typealias Context = ServerRequestContext

    /// Content Security Policy Level 3. Pictures are of this server; photographs are shown before they are sent (blob:).
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        Self.add(to: &response.headers)
        return response
    }

    static func add(to headers: inout HTTPFields) {
        let fields = [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(self), geolocation=(), microphone=()"),
            ("Strict-Transport-Security", "max-age=31536000"),
        ]
        for (name, value) in fields {
            guard let name = HTTPField.Name(name) else { continue }
            headers[name] = value
        }
    }
}
