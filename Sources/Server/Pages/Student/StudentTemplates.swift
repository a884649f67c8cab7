extension PageLibrary {
    static let studentTemplates: [String: String] = [:]
}
