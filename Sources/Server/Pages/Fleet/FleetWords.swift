extension Words {
    static let fleetWords: [Language: [String: String]] = [:]
}
