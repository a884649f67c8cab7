import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns every error into a problem document, and logs one line for each request that was not answered well.
/// Neither the query nor a header is logged: they may hold what is secret.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = ServerRequestContext

    private let pages: PageLibrary?
    private let overload = OverloadNotice()

    /// - Parameter pages: for people who look at a page, a problem is one too; nil where there are no pages.
    init(pages: PageLibrary? = nil) {
        self.pages = pages
    }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            let response = try await next(request, context)
            context.logger.debug("Request answered", metadata: metadata(request, context, response.status))
            return response
        } catch {
            let problem = problem(for: error)
            var metadata = metadata(request, context, problem.status)
            if problem == .overloaded {
                overload.note(context.logger)
            } else if problem.status.kind == .serverError {
                metadata["error"] = "\(error)"
                context.logger.error("Request failed", metadata: metadata)
            } else {
                metadata["detail"] = "\(problem.detail)"
                // What comes in floods is not worth a line each.
                let level: Logger.Level = problem.status == .tooManyRequests ? .debug : .info
                context.logger.log(level: level, "Request refused", metadata: metadata)
            }
            if let pages, request.uri.path.hasPrefix("/pages") { return pages.answer(problem, to: request) }
            return try problem.response(from: request, context: context)
        }
    }

    private func problem(for error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case ServerError.storage(.unstorable):
            .badRequest("A value cannot be stored: it holds the character U+0000, or a number that is too large.")
        case ServerError.storage: .unavailable
        case ServerError.models: .modelsUnavailable
        case ImageError.unavailable: .imagesUnavailable
        case ServerError.refused(let reason): .badRequest(reason)
        case ServerError.taken(let reason): .conflict(reason)
        case let error as HTTPError where error.status == .notFound: .notFound
        case let error as HTTPError:
            Problem(status: error.status, detail: error.body ?? error.status.reasonPhrase, headers: error.headers)
        default: .failed
        }
    }

    private func metadata(
        _ request: Request, _ context: Context, _ status: HTTPResponse.Status
    ) -> Logger.Metadata {
        [
            "method": "\(request.method.rawValue)", "path": "\(request.uri.path.prefix(200))",
            "status": "\(status.code)", "address": "\(context.address)",
        ]
    }
}
