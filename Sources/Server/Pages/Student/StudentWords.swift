extension Words {
    static let studentWords: [Language: [String: String]] = [:]
}
