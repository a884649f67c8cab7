import Configuration
import FoundationEssentials

/// The PEM file of the authorities that are trusted.
enum AuthorityFile {
    /// Why it cannot be used, for the operator; nil when it can.
    static func problem(_ path: String) -> String? {
        if let problem = NamedFile.problem(path) { return problem }
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        return text.contains("CERTIFICATE-----") ? nil : "it holds no PEM certificate"
    }
}
