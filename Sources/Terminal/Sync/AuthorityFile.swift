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

    /// What it means that libcurl refuses the file; a `path` of nil stands for the authorities of the system.
    static func refusal(of path: String?) -> CertificateProblem {
        .authorityFile(path: path ?? "of the system", reason: path.flatMap(problem) ?? "it is damaged")
    }
}
