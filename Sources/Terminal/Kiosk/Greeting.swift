import Attendance
import FoundationEssentials

/// What is said to somebody who was recognised. It is sent once, at once, and is forgotten after `shown`.
public struct Greeting: Sendable, Equatable {
    /// What it was recognised for.
    public enum Kind: String, Sendable, Equatable, CaseIterable {
        /// A mark was made.
        case marked
        /// There was one in this session already.
        case again
        /// There is no school on that day.
        case noSchool = "no_school"
    }

    /// By the time of day at the school.
    public enum Salute: String, Sendable, Equatable, CaseIterable {
        case morning, afternoon, evening
        /// The time is not known.
        case hello

        init(hour: Int) {
            self = hour < 12 ? .morning : hour < 18 ? .afternoon : .evening
        }
    }

    /// No longer than this anything of anybody is shown.
    public static let shown: Duration = .seconds(3)

    /// What it was recognised for.
    public var kind: Kind
    /// By the time of day.
    public var salute: Salute
    /// "08:58" at the school; nil without a mark, and while the clock is not known.
    public var time: String?
    /// Nil as `time` is.
    public var status: AttendanceStatus?
    /// Nil unless configured.
    public var firstName: String?

    /// What is said of a mark.
    init(_ mark: Mark, zone: TimeZoneRules, firstName: String?) {
        let time = zone.local(of: mark.at.seconds).time
        let isKnown = mark.clock.isKnown
        kind = .marked
        salute = isKnown ? Salute(hour: time.hour) : .hello
        self.time = isKnown ? String(time.description.prefix(5)) : nil
        status = isKnown ? mark.status : nil
        self.firstName = firstName
    }

    /// What is said where no mark is made.
    init(_ kind: Kind, firstName: String?) {
        self.kind = kind
        salute = .hello
        self.firstName = firstName
    }
}

/// The first name of a name as staff write it: the first word, or the first one after a comma. Nil where there is none.
func firstName(of name: String) -> String? {
    let given = name.split(separator: ",", maxSplits: 1).last ?? ""
    // Control characters and those that turn the direction of text would reach beyond the name.
    let words = given.unicodeScalars.split { $0.properties.isWhitespace }
    guard let word = words.first else { return nil }
    var result = String.UnicodeScalarView()
    for scalar in word where !isTroublesome(scalar) { result.append(scalar) }
    let text = String(String(result).prefix(40))
    return text.isEmpty ? nil : text
}

private func isTroublesome(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.generalCategory == .control { return true }
    switch scalar.value {
    case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: return true
    default: return false
    }
}
