import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Server

/// Somebody with a browser without scripts: keeps the login cookie, and sends the forms of the pages that it has seen.
final class PageClient {
    let school: School
    private let application: Application<RouterResponder<ServerRequestContext>>
    private(set) var cookies: [String: String] = [:]
    private(set) var formToken = ""
    var language = "en"

    init(_ client: RouterClient) {
        school = client.school
        application = Application(router: client.routes.router())
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let html: String

        /// Where the answer leads.
        var location: String? { headers[.location] }
    }

    func get(_ path: String, _ fields: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, fields, "")
    }

    /// Sends a form as the last page of this client would.
    func post(_ path: String, _ form: [String: String], _ fields: HTTPFields = [:]) async throws -> Answer {
        var all = form
        if all["form_token"] == nil { all["form_token"] = formToken }
        let body = all.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        for field in fields { headers[field.name] = field.value }
        return try await send(.post, path, headers, body)
    }

    /// Logs in by the form.
    func logIn(_ member: RouterClient.Member, _ password: String = RouterClient.password) async throws -> Answer {
        let answer = try await post("/pages/login", ["email": member.email, "password": password])
        if answer.status == 303 { _ = try await get(answer.location ?? "/") }
        return answer
    }

    func forgetLogin() { cookies = [:] }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields, _ body: String
    ) async throws -> Answer {
        var headers = fields
        headers[.acceptLanguage] = language
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ") }
        let answer = try await application.test(.router) { [headers] client in
            try await client.execute(uri: path, method: method, headers: headers, body: ByteBuffer(string: body))
        }
        for field in answer.headers[values: .setCookie] {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count > 1 ? pair[1] : nil
        }
        let html = String(buffer: answer.body)
        if let found = html.firstMatch(of: /name="form_token" value="([^"]+)"/) { formToken = String(found.1) }
        return Answer(status: answer.status.code, headers: answer.headers, html: html)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
