import Hummingbird

/// What an admin sees and does: the whole school, people, classes, photographs, the calendar, the audit trail. Each page
/// says itself who may see it.
struct AdminPages: Sendable {
    let library: PageLibrary
    let logins: Logins
    let faces: FaceServices
    /// Whether new accounts get a letter.
    let invites: Bool

    func add(to router: some RouterMethods<ServerRequestContext>) {
        let desk = AdminDesk(library: library, logins: logins, faces: faces, invites: invites)
        SchoolPage(desk: desk).add(to: router)
        PeoplePages(desk: desk).add(to: router)
        PersonPages(desk: desk).add(to: router)
        EnrolmentPages(desk: desk).add(to: router)
        ClassPages(desk: desk).add(to: router)
        CalendarPages(desk: desk).add(to: router)
        WalkByPages(desk: desk).add(to: router)
        AuditPages(desk: desk).add(to: router)
    }
}
