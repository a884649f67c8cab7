import Attendance
import FoundationEssentials

/// One entry of the audit trail as people read it: with names in the place of ids where they are known.
struct AuditLine {
    let entry: AuditTrail.Entry
    let names: [String: String]
    let visitor: Visitor

    /// Every id in an entry.
    static func ids(of entry: AuditTrail.Entry) -> [String] {
        [entry.actor, entry.object] + entry.detail.values.flatMap { $0.split(separator: " ").map(String.init) }
    }

    /// For the template.
    var values: [String: Any] {
        let words = visitor.words
        let what = words.texts["admin_did_\(entry.action)"] ?? entry.action
        return [
            "number": "\(entry.number)", "when": visitor.format.moment(entry.at),
            "who": entry.actor == "server" ? words["admin_the_server"] : named(entry.actor), "what": what,
            "object": object, "details": details.map { ["label": $0.label, "value": $0.value] },
            "hasDetails": !details.isEmpty,
        ]
    }

    private var object: String {
        if let date = try? LocalDate(entry.object) { return visitor.format.date(date) }
        return ["server", "audit", "roster"].contains(entry.object) ? "" : named(entry.object)
    }

    /// Ids that stand for something without a name, such as a correction, say nothing to people and are left out.
    private var details: [(label: String, value: String)] {
        entry.detail.sorted { $0.key < $1.key }.compactMap { key, text in
            let parts = text.split(separator: " ").map(String.init)
            let ids = parts.filter { UUID(uuidString: $0) != nil }
            let label = visitor.words.texts["admin_audit_key_\(key)"] ?? key
            guard !ids.isEmpty, ids.count == parts.count else { return (label, value(key, text)) }
            let known = ids.compactMap { names[$0] }
            return known.isEmpty ? nil : (label, known.joined(separator: ", "))
        }
    }

    private func value(_ key: String, _ text: String) -> String {
        if let date = try? LocalDate(text) { return visitor.format.date(date) }
        switch key {
        case "status", "decision", "role": return visitor.words.texts["admin_value_\(text)"] ?? text
        default: return text
        }
    }

    private func named(_ id: String) -> String { names[id] ?? visitor.words("admin_unknown_id", ["id": id]) }
}
