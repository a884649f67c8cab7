import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// What all pages of an admin work with.
struct AdminDesk: Sendable {
    let library: PageLibrary
    let logins: Logins
    let faces: FaceServices
    /// Whether the server sends letters.
    let invites: Bool

    var database: DatabaseThread { logins.database }

    /// Asks before something is removed.
    /// - Parameters:
    ///   - path: the page of what is to be removed; its `/remove` takes the answer.
    ///   - menu: which of the menu's entries that belongs to.
    func confirmation(
        ofRemoving name: String, at path: String, menu: String, text: String, for visitor: Visitor,
        _ refusal: FormRefusal?
    ) -> Response {
        let values: [String: Any] = [
            "action": "\(path)/remove", "back": path, "text": text, "submit": visitor.words["admin_remove"],
        ]
        return library.page(
            "admin_confirm", for: visitor, title: visitor.words("admin_remove_title", ["name": name]), path: menu,
            values.merging(AdminValue.notices(refusal)) { $1 }, status: refusal?.status ?? .ok)
    }
}

/// Why a form is not taken, in the reader's words. The page is shown again with it, and with what was typed.
struct FormRefusal: Error, Equatable {
    let text: String
    var status = HTTPResponse.Status.badRequest

    init(_ text: String, _ status: HTTPResponse.Status = .badRequest) {
        self.text = text
        self.status = status
    }

    /// What a store or a check refused; nil for what is no answer to a form, such as a failure.
    init?(_ error: any Error, _ words: Words) {
        switch error {
        case let refusal as FormRefusal: self = refusal
        case ServerError.refused(let reason): self.init(words("admin_refused", ["reason": reason]))
        case ServerError.taken(let reason): self.init(words("admin_refused", ["reason": reason]), .conflict)
        default: return nil
        }
    }
}

/// Values that pages have in common.
enum AdminValue {
    /// What was done, or why it was not, above a page.
    static func notices(done: String? = nil, _ refusal: FormRefusal? = nil) -> [String: Any] {
        [
            "isDone": done != nil, "done": done ?? "", "isRefused": refusal != nil, "refusal": refusal?.text ?? "",
        ]
    }

    /// What a select offers.
    static func options(_ choices: [(value: String, label: String)], chosen: String) -> [[String: Any]] {
        choices.map { ["value": $0.value, "label": $0.label, "isChosen": $0.value == chosen] }
    }

    /// A path with a query; fields without a value are left out.
    static func path(_ path: String, _ fields: [(name: String, value: String?)]) -> String {
        let query = fields.compactMap { field in
            field.value.flatMap { $0.isEmpty ? nil : "\(field.name)=\(encoded($0))" }
        }
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    private static func encoded(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~".utf8)
        return text.utf8.reduce(into: "") { encoded, byte in
            if plain.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += byte < 16 ? "%0\(String(byte, radix: 16))" : "%\(String(byte, radix: 16))"
            }
        }
    }
}

extension Request {
    /// The fields of the query as a form of ours sends them: empty ones are none.
    /// - Throws: 400.
    func query() throws(Problem) -> PageForm {
        guard let form = PageForm(uri.query ?? "") else { throw .badRequest("The address is not one of ours.") }
        return form
    }
}

extension PageRequest {
    /// The page that the query asks for.
    init(_ query: PageForm, keys: Int, limit: Int = PageRequest.standardLimit) throws(Problem) {
        self.init(limit: limit)
        try begin(after: query["cursor"], keys: keys)
    }
}
