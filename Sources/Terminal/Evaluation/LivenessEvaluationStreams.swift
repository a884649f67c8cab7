import Configuration
import FoundationEssentials

/// The streams of `evaluate liveness`.
public struct LivenessStreams: Sendable, Equatable {
    /// Paths of Y4M files of living people.
    public var bonaFide: [String]
    /// Paths of Y4M files of attacks, by kind.
    public var attacks: [String: [String]]
    /// Streams of all kinds together.
    public var count: Int { bonaFide.count + attacks.values.reduce(0) { $0 + $1.count } }

    /// - Parameters:
    ///   - bonaFide: a folder of Y4M files.
    ///   - attacks: a folder with one folder of Y4M files for each kind.
    public init(bonaFide: String, attacks: String) throws(EvaluationError) {
        self.bonaFide = try Self.streams(in: bonaFide)
        guard !self.bonaFide.isEmpty else {
            throw .badStreams(path: bonaFide, reason: "it holds no stream; their names end in .y4m")
        }
        self.attacks = [:]
        for kind in try Self.names(in: attacks) {
            let folder = attacks + "/" + kind
            var isFolder = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else { continue }
            let found = try Self.streams(in: folder)
            if !found.isEmpty { self.attacks[kind] = found }
        }
        guard !self.attacks.isEmpty else {
            throw .badStreams(
                path: attacks, reason: "it holds no attack; give a folder with one folder of .y4m files for each kind")
        }
    }

    private static func streams(in folder: String) throws(EvaluationError) -> [String] {
        try names(in: folder).filter { $0.lowercased().hasSuffix(".y4m") }.map { folder + "/" + $0 }
    }

    private static func names(in folder: String) throws(EvaluationError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            let problem = NamedFile.folderProblem(folder) ?? "it cannot be read"
            throw .badStreams(path: folder, reason: "\(problem); correct --bona-fide or --attacks")
        }
    }
}
