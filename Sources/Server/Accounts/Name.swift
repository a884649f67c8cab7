import Attendance
import SyncProtocol

/// What a person, a class or a terminal may be called: text that fits on one line of a roster, a log and a screen.
enum Name {
    case person, className, terminal

    private var limit: Int {
        switch self {
        case .person: RosterEntry.maximumNameBytes
        case .className, .terminal: AttendancePolicy.maximumClassNameBytes
        }
    }

    private var what: String {
        switch self {
        case .person: "a person's name"
        case .className: "a class's name"
        case .terminal: "a terminal's name"
        }
    }

    /// The name without white space around it.
    /// - Throws: `.refused` for an empty or overlong name and for one with characters that cannot be seen.
    func checked(_ name: String) throws(ServerError) -> String {
        let trimmed = name.trimmed
        guard !trimmed.isEmpty, trimmed.utf8.count <= limit, !trimmed.unicodeScalars.contains(where: Self.isHidden)
        else { throw .refused("\(what) has 1 to \(limit) bytes and no control characters; choose another") }
        return trimmed
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        default: false
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
