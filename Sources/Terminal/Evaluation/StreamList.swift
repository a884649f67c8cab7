import Configuration
import FoundationEssentials

/// Streams to play, each with the file that says who walks by in it, if there is one.
public struct StreamList: Sendable, Equatable {
    /// Paths of Y4M files; `-` is standard input.
    public private(set) var streams: [String] = []
    /// The truth of each stream.
    public private(set) var truths: [Truth?] = []

    /// - Parameters:
    ///   - paths: files, or folders of which every `*.y4m` counts, in the order of their names.
    ///   - truthPaths: none; or as many files as there are streams, in their order; or one folder with `NAME.csv` for
    ///     each `NAME.y4m` of which the truth is known.
    public init(_ paths: [String], truths truthPaths: [String]) throws(EvaluationError) {
        for path in paths {
            guard path != "-", Self.isFolder(path) else {
                guard path == "-" || FileManager.default.fileExists(atPath: path) else {
                    throw .badStreams(path: path, reason: "there is no such file or folder; correct --stream")
                }
                streams.append(path)
                continue
            }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            let found = names.filter { $0.lowercased().hasSuffix(".y4m") && !$0.hasPrefix(".") }.sorted()
            guard !found.isEmpty else {
                throw .badStreams(
                    path: path, reason: NamedFile.folderProblem(path) ?? "it holds no stream; their names end in .y4m")
            }
            streams += found.map { path + "/" + $0 }
        }
        if truthPaths.count == 1, Self.isFolder(truthPaths[0]) {
            for stream in streams { truths.append(try Self.truth(of: stream, in: truthPaths[0])) }
            guard truths.contains(where: { $0 != nil }) else {
                throw .badStreams(
                    path: truthPaths[0], reason: "it holds no truth; that of NAME.y4m is in the file NAME.csv")
            }
        } else if truthPaths.isEmpty {
            truths = streams.map { _ in nil }
        } else {
            guard truthPaths.count == streams.count else {
                throw .badStreams(
                    path: truthPaths[0],
                    reason: "\(truthPaths.count) files for \(streams.count) streams; give --truth once for each "
                        + "stream, in their order, or a folder with NAME.csv for each NAME.y4m")
            }
            for path in truthPaths { truths.append(try Truth(path: path)) }
        }
    }

    private static func truth(of stream: String, in folder: String) throws(EvaluationError) -> Truth? {
        let name = stream.split(separator: "/").last.map(String.init) ?? stream
        let stem = name.lowercased().hasSuffix(".y4m") ? String(name.dropLast(4)) : name
        let path = folder + "/" + stem + ".csv"
        return FileManager.default.fileExists(atPath: path) ? try Truth(path: path) : nil
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }
}
