extension PageLibrary {
    static let fleetTemplates: [String: String] = [:]
}
