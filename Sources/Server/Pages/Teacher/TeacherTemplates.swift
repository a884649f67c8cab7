extension PageLibrary {
    static let teacherTemplates: [String: String] = [:]
}
