import HTTPTypes
import Hummingbird
import SyncProtocol

/// A refusal as an RFC 9457 problem document. Its detail is written for the caller and never holds a secret.
struct Problem: HTTPResponseError, Equatable {
    let status: HTTPResponse.Status
    let detail: String
    var headers: HTTPFields = [:]

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let document = ProblemDocument(status: status.code, title: status.reasonPhrase, detail: detail)
        var headers = headers
        headers[.contentType] = Endpoint.problemMediaType
        headers[.cacheControl] = "no-store"
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: try document.json())))
    }
}

extension Problem {
    static let unauthorised = Problem(
        status: .unauthorized, detail: "A valid bearer token is needed.",
        headers: [.wwwAuthenticate: Endpoint.authorizationScheme])
    static let loginEnded = wrongSecret("The access token is wrong or used up, or its login has ended. Log in again.")
    static let refreshRefused = wrongSecret("The refresh token is wrong or used, or its login has ended. Log in again.")
    static let resetRefused = wrongSecret("The token is wrong, used or too old. Ask for another letter.")
    static let codeRefused = wrongSecret(
        "The registration code is wrong, used or over. Make another: rollcall-server terminal renew --code NAME")
    static let forbidden = Problem(status: .forbidden, detail: "This account may not do that.")
    static let notFound = Problem(status: .notFound, detail: "There is nothing here by this path or id.")
    static let unavailable = Problem(
        status: .serviceUnavailable, detail: "The server cannot use its database now. Try again later.",
        headers: [.retryAfter: "30"])
    /// More is asked than the database can answer in time.
    static let overloaded = Problem(
        status: .serviceUnavailable, detail: "The server has more to do than it can. Try again in a few seconds.",
        headers: [.retryAfter: "10"])
    static let imagesUnavailable = Problem(
        status: .serviceUnavailable, detail: "The server cannot use its store of images now. Try again later.",
        headers: [.retryAfter: "30"])
    static let modelsUnavailable = Problem(
        status: .serviceUnavailable,
        detail: "The server cannot look at photographs now: it cannot use its face models. Its log says why.",
        headers: [.retryAfter: "60"])
    static let failed = Problem(
        status: .internalServerError, detail: "The server failed. Its log says why.")
    static let unsupportedMediaType = Problem(
        status: .unsupportedMediaType, detail: "The body must be \(Endpoint.mediaType), without a content encoding.",
        headers: [.accept: Endpoint.mediaType])

    /// It says the same of every wrong secret of a kind.
    private static func wrongSecret(_ detail: String) -> Problem {
        Problem(status: .unauthorized, detail: detail, headers: unauthorised.headers)
    }

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, detail: String(detail.prefix(240)))
    }

    static func conflict(_ detail: String) -> Problem {
        Problem(status: .conflict, detail: String(detail.prefix(240)))
    }

    static func tooLarge(limit: Int) -> Problem {
        Problem(status: .contentTooLarge, detail: "The body is larger than the \(limit) bytes that are allowed here.")
    }

    static func tooManyFailures(retryAfter: Int) -> Problem {
        Problem(
            status: .tooManyRequests, detail: "Too many requests with a wrong token came from this address.",
            headers: [.retryAfter: String(retryAfter)])
    }

    static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return Problem(
            status: .methodNotAllowed, detail: "This path answers \(names) only.", headers: [.allow: names])
    }
}
