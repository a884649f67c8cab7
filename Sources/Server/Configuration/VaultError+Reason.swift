import Database

extension VaultError {
    /// The description without the file, for an error that names it already.
    /// - Parameter secret: what the file holds.
    func reason(for file: String, secret: String = "key") -> String {
        let words = description.replacing("read the key;", with: "read the \(secret);")
        return words.hasPrefix("\(file): ") ? String(words.dropFirst(file.count + 2)) : words
    }
}
