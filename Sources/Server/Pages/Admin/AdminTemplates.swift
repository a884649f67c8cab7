extension PageLibrary {
    static let adminTemplates: [String: String] = [:]
}
