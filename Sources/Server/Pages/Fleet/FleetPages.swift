import Hummingbird

/// What a technician sees: the terminals, and what is wrong with them.
struct FleetPages: Sendable {
    let library: PageLibrary
    let database: DatabaseThread

    static let style = ""

    func add(to router: some RouterMethods<ServerRequestContext>) {}
}
