import Hummingbird

/// What a student sees: their own attendance and data.
struct StudentPages: Sendable {
    let library: PageLibrary
    let database: DatabaseThread

    static let style = ""

    func add(to router: some RouterMethods<ServerRequestContext>) {}
}
