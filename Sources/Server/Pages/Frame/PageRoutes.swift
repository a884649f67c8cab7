import HTTPTypes
import Hummingbird

/// The pages that people look at, under /pages; every area adds its own.
struct PageRoutes: Sendable {
    let library: PageLibrary
    let logins: Logins
    let limits: LoginLimits
    let faces: FaceServices
    var forgotten: ForgottenPasswords?

    private let events = PageEvents()

    var database: DatabaseThread { logins.database }

    func add(to router: Router<ServerRequestContext>) {
        router.get("/") { _, _ in Response.redirect(to: "/pages", type: .normal) }
        let all = router.group().add(middleware: PageHeaders())
        for asset in PageAsset.all { all.get("\(asset.path)", use: asset.answer) }
        let login = LoginPages(library: library, logins: logins, limits: limits, forgotten: forgotten)
        login.addOpen(to: all)

        let people = all.group().add(middleware: PageAuthenticator(logins: logins))
        people.get("/pages") { _, context in
            Response.redirect(to: try context.pageVisitor().home, type: .normal)
        }
        login.addClosed(to: people)
        StudentPages(library: library, logins: logins, limits: limits).add(to: people)
        TeacherPages(library: library, database: database).add(to: people)
        AdminPages(library: library, logins: logins, faces: faces, invites: forgotten != nil).add(to: people)
        FleetPages(library: library, database: database).add(to: people)
    }
}
