import Attendance
import FoundationEssentials
import Hummingbird

/// Who looks at a page, and how they want it.
struct Visitor: Sendable {
    let caller: Caller
    let name: String
    let words: Words
    /// The school's.
    let zone: TimeZoneRules
    /// The school's day at this moment.
    let today: LocalDate

    var format: ReaderFormat { ReaderFormat(words: words, zone: zone) }

    /// Where they begin.
    var home: String { Self.home(of: caller.role) }

    static func home(of role: Role) -> String {
        switch role {
        case .student: "/pages/me"
        case .teacher: "/pages/classes"
        case .admin: "/pages/school"
        }
    }
}

extension ServerRequestContext {
    /// Who looks at a page.
    /// - Throws: 401 when the route is not behind `PageAuthenticator`.
    func pageVisitor() throws(Problem) -> Visitor {
        guard let visitor else { throw .unauthorised }
        return visitor
    }
}
