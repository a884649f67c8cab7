import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The fields of a form of ours (application/x-www-form-urlencoded, WHATWG URL, section 5.1).
struct PageForm: Sendable, Equatable {
    /// Bytes of a whole form.
    static let limit = 32 << 10

    private let fields: [String: [String]]

    /// Reads fields; nil for bytes that are no form.
    init?(_ text: String) {
        var fields: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { part in
                String(part.map { $0 == "+" ? " " : $0 }).removingPercentEncoding.flatMap {
                    $0.utf8.contains(0) ? nil : $0
                }
            }
            guard let name = decoded[0], let value = decoded.count > 1 ? decoded[1] : "" else { return nil }
            fields[name, default: []].append(value)
        }
        self.fields = fields
    }

    /// The one value of a field, without blanks around it; nil where it is not there, empty, or there twice.
    subscript(_ name: String) -> String? {
        guard let values = fields[name], values.count == 1 else { return nil }
        let value = values[0].trimmed
        return value.isEmpty ? nil : value
    }

    /// A value as it was typed, for passwords; nil where it is not there or there twice.
    func exact(_ name: String) -> String? {
        guard let values = fields[name], values.count == 1 else { return nil }
        return values[0]
    }

    /// All values of a field.
    func all(_ name: String) -> [String] { fields[name] ?? [] }

    /// A value that must be there.
    /// - Throws: 400.
    func required(_ name: String) throws(Problem) -> String {
        guard let value = self[name] else { throw .badRequest("\(name): it is missing") }
        return value
    }
}

extension Request {
    /// Reads the form that somebody who is logged in has sent from a page of ours.
    /// - Throws: 415, 413, 400 for what is no form, and 403 for a form of another site or another login.
    func form(of visitor: Visitor) async throws -> PageForm {
        let form = try await openForm()
        guard let token = form.exact(FormToken.field), FormToken.isGood(token, of: visitor.caller.session) else {
            throw Problem(status: .forbidden, detail: visitor.words["form_expired"])
        }
        return form
    }

    /// A header that the library has no name for.
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// Whether a script of ours asks by itself, or a stream of events, which has no headers of ours: nobody stays logged in
    /// by that.
    var isBackground: Bool { header("X-Background") != nil || headers[.accept] == "text/event-stream" }

    /// Reads a form that anybody may send, from a page of ours.
    func openForm() async throws -> PageForm {
        try requireSameSite()
        guard mediaType == "application/x-www-form-urlencoded" else {
            throw Problem(status: .unsupportedMediaType, detail: "A form is wanted here.")
        }
        let body = try await wholeBody(limit: PageForm.limit)
        guard let form = PageForm(String(decoding: body.readableBytesView, as: UTF8.self)) else {
            throw Problem.badRequest("This is no form.")
        }
        return form
    }

    /// Refuses what another site made the browser send (W3C Fetch Metadata, section 2.3); old browsers say nothing, and
    /// then the cookie's SameSite and the form's token must do.
    func requireSameSite() throws(Problem) {
        guard let site = header("Sec-Fetch-Site") else { return }
        guard site == "same-origin" || site == "none" else { throw .forbidden }
    }

    /// For what a script of ours sends: its token is in the header X-Form-Token.
    /// - Throws: 403.
    func requireFormToken(of visitor: Visitor) throws(Problem) {
        try requireSameSite()
        guard let token = header("X-Form-Token"), FormToken.isGood(token, of: visitor.caller.session) else {
            throw Problem(status: .forbidden, detail: visitor.words["form_expired"])
        }
    }
}
