import Attendance
import FoundationEssentials

/// One walk-by as staff read it.
struct WalkByCard {
    let walkBy: ListedWalkBy
    let visitor: Visitor
    /// Of those who decided.
    let names: [UUID: String]

    private var words: Words { visitor.words }
    private var id: String { walkBy.id.lowercased }

    /// Who marks must be allowed to correct the person; the list names only those.
    private var canMark: Bool { walkBy.clock.isKnown }

    /// Whoever it may have been must be the reader's.
    private var canDismiss: Bool { walkBy.others == 0 }

    /// For the template.
    var values: [String: Any] {
        [
            "id": id, "action": "/pages/walk-bys/\(id)/decision", "when": when, "terminal": walkBy.terminal,
            "why": words["admin_why_\(walkBy.reason.rawValue)"], "detail": walkBy.detail,
            "isSuspicious": walkBy.reason == .suspicious || walkBy.reason == .challengeFailed,
            "people": walkBy.people.map(candidate), "hasOthers": walkBy.others > 0,
            "others": words(
                walkBy.others == 1 ? "admin_walkby_other" : "admin_walkby_others", ["count": "\(walkBy.others)"]),
            "itWasNot": walkBy.people.count == 1
                ? words("admin_it_was_not", ["name": walkBy.people[0].name]) : words["admin_it_was_nobody"],
            "isOpen": walkBy.decision == nil, "canMark": canMark, "canDismiss": canDismiss,
            "canDecide": canDismiss || (canMark && !walkBy.people.isEmpty),
            "hint": canMark ? "" : words["admin_walkby_no_time"], "hasHint": !canMark,
            "isDecided": walkBy.decision != nil, "decision": decision, "decisionReason": decisionReason,
        ]
    }

    private var when: String {
        let moment = visitor.format.moment(walkBy.at)
        return walkBy.clock.isKnown ? moment : words("admin_walkby_perhaps", ["time": moment])
    }

    private func candidate(_ one: ListedWalkBy.Candidate) -> [String: Any] {
        [
            "id": one.person.lowercased, "name": one.name, "class": one.className,
            "status": one.status?.rawValue ?? "open", "statusLabel": words[one.status?.rawValue ?? "open"],
            "itWas": words("admin_it_was", ["name": one.name]),
        ]
    }

    /// Who was marked is told only to those who may see that person.
    private var isShown: Bool {
        guard let marked = walkBy.decision?.person else { return true }
        return walkBy.people.contains { $0.person == marked }
    }

    private var decision: String {
        guard let decision = walkBy.decision else { return "" }
        let marked = walkBy.people.first { $0.person == decision.person }?.name
        let values = [
            "by": names[decision.by] ?? words["admin_somebody"],
            "time": visitor.format.moment(decision.at), "name": marked ?? words["admin_somebody"],
        ]
        return words(decision.choice == .mark ? "admin_decided_mark" : "admin_decided_dismiss", values)
    }

    private var decisionReason: String { isShown ? walkBy.decision?.reason ?? "" : "" }
}
