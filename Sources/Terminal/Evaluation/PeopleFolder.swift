import Capture
import Configuration
import FoundationEssentials

/// A folder that holds one folder of photographs per person.
public struct PeopleFolder: Sendable, Equatable {
    /// One person's photographs.
    public struct Person: Sendable, Equatable {
        /// The folder's name.
        public var name: String
        /// Paths of the images, in the order of their names; also of those whose format nothing here reads.
        public var images: [String]
    }

    /// The people, in the order of their names.
    public var people: [Person]
    /// Photographs of everybody.
    public var imageCount: Int { people.reduce(0) { $0 + $1.images.count } }

    /// Lists `path`. Where images lie in it directly nobody could say who is who, unless it does not matter.
    /// - Parameters:
    ///   - mayBeEmpty: whether a folder without people is right.
    ///   - mayBeFlat: whether images that lie in it directly count as one person each.
    public init(path: String, mayBeEmpty: Bool = false, mayBeFlat: Bool = false) throws(EvaluationError) {
        people = []
        var loose: [Person] = []
        for name in try Self.list(path) {
            let inner = path + "/" + name
            var isFolder = false
            guard FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder) else { continue }
            if isFolder {
                let images = try Self.list(inner).filter(PictureName.isPicture).map { inner + "/" + $0 }
                if !images.isEmpty { people.append(Person(name: name, images: images)) }
            } else if PictureName.isPicture(name) {
                loose.append(Person(name: name, images: [inner]))
            }
        }
        if mayBeFlat { people += loose }
        guard !people.isEmpty || loose.isEmpty else {
            throw .badFolder(path: path, reason: "its photographs lie in it directly, without people")
        }
        guard mayBeEmpty || !people.isEmpty else {
            throw .badFolder(path: path, reason: "it holds no folder with images (JPEG, PNG, PGM, PPM)")
        }
    }

    private static func list(_ path: String) throws(EvaluationError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw .badFolder(path: path, reason: NamedFile.folderProblem(path) ?? "it cannot be read")
        }
    }
}
