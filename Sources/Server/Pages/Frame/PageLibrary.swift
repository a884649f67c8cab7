import HTTPTypes
import Hummingbird
import Mustache

/// The pages' templates, and how a page is made of one. They are part of the program, so that there is no file to lose.
///
/// Templates say `{{words.key}}` for the reader's words and `{{page...}}` for what every page has; everything else is what
/// the page's own code gives them. `{{name}}` is always escaped; `{{{svg}}}` is for pictures that the server draws itself
/// and for nothing else, which a test sees to.
struct PageLibrary: Sendable {
    private let library: MustacheLibrary

    /// Templates by name, of every area.
    static let templates: [String: String] = [
        frameTemplates, loginTemplates, studentTemplates, teacherTemplates, adminTemplates, fleetTemplates,
    ].reduce(into: [:]) { $0.merge($1) { $1 } }

    /// Reads the templates.
    init() throws(ServerError) {
        var library = MustacheLibrary()
        do {
            for (name, text) in Self.templates { try library.register(Markup.template(text), named: name) }
        } catch {
            throw .damaged(what: "a template of pages", reason: "\(error)")
        }
        self.library = library
    }

    /// A page for somebody who is logged in.
    /// - Parameters:
    ///   - title: a key of the words, or a text.
    ///   - path: which of the menu's entries is this one.
    ///   - isAnswer: whether a form was sent to get this page: it cannot be had once more in another language.
    func page(
        _ template: String, for visitor: Visitor, title: String, path: String, _ values: [String: Any] = [:],
        status: HTTPResponse.Status = .ok, isAnswer: Bool = false
    ) -> Response {
        let page: [String: Any] = [
            "title": visitor.words[title], "name": visitor.name, "home": visitor.home,
            "isAnswer": isAnswer || status != .ok,
            "formToken": FormToken.of(visitor.caller.session),
            "menu": PageMenu.entries(of: visitor).map { entry in
                ["path": entry.path, "label": visitor.words[entry.label], "isHere": entry.path == path] as [String: Any]
            },
        ]
        return answer(template, visitor.words, page, values, status)
    }

    /// A page for anybody.
    func open(
        _ template: String, _ words: Words, title: String, _ values: [String: Any] = [:],
        status: HTTPResponse.Status = .ok, isAnswer: Bool = false
    ) -> Response {
        answer(template, words, ["title": words[title], "isAnswer": isAnswer], values, status)
    }

    /// A part of a page, which a script puts in the place of an older one.
    func part(_ template: String, for visitor: Visitor, _ values: [String: Any]) -> Response {
        answer(template, visitor.words, ["formToken": FormToken.of(visitor.caller.session)], values, .ok)
    }

    /// A problem, as people read it.
    func answer(_ problem: Problem, to request: Request) -> Response {
        let words = Words(Language(of: request))
        let key = "error_\(problem.status.code)"
        let title = words.texts[key] == nil ? problem.status.code < 500 ? "error_400" : "error_500" : key
        var response = open(
            "error", words, title: title, ["detail": problem.detail], status: problem.status,
            isAnswer: request.method != .get)
        PageHeaders.add(to: &response.headers)
        if let wait = problem.headers[.retryAfter] { response.headers[.retryAfter] = wait }
        if let allow = problem.headers[.allow] { response.headers[.allow] = allow }
        return response
    }

    private func answer(
        _ template: String, _ words: Words, _ page: [String: Any], _ values: [String: Any],
        _ status: HTTPResponse.Status
    ) -> Response {
        var all = values
        all["words"] = words.texts
        all["page"] = page
        all["language"] = words.language.rawValue
        all["isEnglish"] = words.language == .english
        let html = library.render(all, withTemplate: template) ?? ""
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}
