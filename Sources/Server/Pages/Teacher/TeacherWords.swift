extension Words {
    static let teacherWords: [Language: [String: String]] = [:]
}
