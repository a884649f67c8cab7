import FoundationEssentials

/// Where annotated pictures are written: one file for one image, a folder for several.
struct AnnotationPaths {
    private let target: String
    private let isFolder: Bool
    private var taken: Set<String> = []

    /// Makes the folder where one is needed and missing; throws where a file is in its place.
    init(target: String, imageCount: Int) throws {
        self.target = target
        var existsAsFolder = false
        let exists = FileManager.default.fileExists(atPath: target, isDirectory: &existsAsFolder)
        isFolder = imageCount > 1 || existsAsFolder
        if isFolder && exists && !existsAsFolder { throw CocoaError(.fileWriteFileExists) }
        if isFolder && !exists {
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        }
    }

    /// The path of the next picture: the image's name with the ending .png, and a number where that is taken.
    mutating func next(for image: String) -> String {
        guard isFolder else { return target }
        let name = image.split(separator: "/").last.map(String.init) ?? "image"
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        var candidate = stem
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(stem)-\(number)"
            number += 1
        }
        return "\(target)/\(candidate).png"
    }
}
