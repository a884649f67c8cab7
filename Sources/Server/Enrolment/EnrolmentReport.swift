import Faces

/// What became of one photograph.
public enum PhotographVerdict: Sendable, Equatable {
    /// Its template is stored.
    case accepted
    /// The same photograph was enrolled before.
    case known
    /// It was refused; the reason says what to do.
    case refused(reason: String)
}

/// What became of all photographs of one person.
public struct EnrolmentReport: Sendable, Equatable {
    /// One photograph and its verdict.
    public struct Photograph: Sendable, Equatable {
        /// The image file.
        public let path: String
        /// What became of it.
        public let verdict: PhotographVerdict
        /// What could be better about it, where it was accepted.
        var advice: [EnrolmentAdvice] = []
    }

    /// The person as stored; nil when there is none, because no photograph was ever accepted.
    public let person: Person?
    /// In the order in which they were given.
    public internal(set) var photographs: [Photograph]
    /// Who else is enrolled and looks like an accepted photograph.
    var lookAlikes: [LookAlikes.Person] = []
    /// What is missing among all photographs of the person, these and earlier ones.
    var missing: [EnrolmentAdvice] = []
    /// Whether the class came to be with this person.
    public var isNewClass = false

    /// A line for each of them, with what to do. They change nothing: twins exist.
    public var warnings: [String] {
        guard let person else { return [] }
        return lookAlikes.map { other in
            "\(person.name) (\(person.className)) looks like \(other.name) (\(other.className)): if they are one person, remove the one that is wrong with"
                + " `rollcall-server people remove ID`: \(person.name), who was enrolled now, is \(person.id.lowercased),"
                + " and \(other.name), who was there before, is \(other.id.lowercased); if not, a terminal may be unsure of"
                + " both"
        }
    }

    /// A line for each thing that could be better. Nothing was refused for it.
    public var advice: [String] {
        guard let person else { return [] }
        return photographs.flatMap { photograph in photograph.advice.map { "\(photograph.path): \($0.text)" } }
            + missing.map { "\(person.name) (\(person.className)): \($0.text)" }
    }

    /// How many were refused.
    public var refused: Int {
        photographs.count { if case .refused = $0.verdict { true } else { false } }
    }

    /// How many were enrolled before.
    public var known: Int { photographs.count { $0.verdict == .known } }

    /// How a command ends that enrolled these people: 3 when somebody cannot be recognised for want of a photograph, 2
    /// when a photograph was refused, otherwise 0; 1 is left to failures.
    public static func exitStatus(_ reports: [EnrolmentReport]) -> Int32 {
        if reports.contains(where: { $0.person == nil }) { return 3 }
        return reports.contains { $0.refused > 0 } ? 2 : 0
    }
}
