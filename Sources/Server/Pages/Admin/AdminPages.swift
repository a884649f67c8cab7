import Hummingbird

/// What an admin sees and does: the whole school, people, classes, photographs, the calendar, the audit trail.
struct AdminPages: Sendable {
    let library: PageLibrary
    let logins: Logins
    let faces: FaceServices
    /// Whether new accounts get a letter.
    let invites: Bool

    static let style = ""
    static let enrolScript = ""

    func add(to router: some RouterMethods<ServerRequestContext>) {}
}
