extension Words {
    static let adminWords: [Language: [String: String]] = [:]
}
