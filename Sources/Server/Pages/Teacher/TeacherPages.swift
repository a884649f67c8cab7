import Hummingbird

/// What a teacher sees and does: a class today, a student over weeks.
struct TeacherPages: Sendable {
    let library: PageLibrary
    let database: DatabaseThread

    static let style = ""

    func add(to router: some RouterMethods<ServerRequestContext>) {}
}
