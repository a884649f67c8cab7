import FoundationEssentials

/// A folder that holds one folder of photographs per person.
public struct PeopleFolder: Sendable, Equatable {
    /// One person's photographs.
    public struct Person: Sendable, Equatable {
        /// The folder's name.
        public var name: String
        /// Paths of the images, in the order of their names.
        public var images: [String]
    }

    static let imageEndings: Set<String> = ["jpg", "jpeg", "png", "pgm", "ppm", "pnm"]

    /// The people, in the order of their names.
    public var people: [Person]
    /// Photographs of everybody.
    public var imageCount: Int { people.reduce(0) { $0 + $1.images.count } }

    /// Lists `path`. Images that lie in it directly count as one person each.
    /// - Parameter mayBeEmpty: whether a folder without people is right.
    public init(path: String, mayBeEmpty: Bool = false) throws(EvaluationError) {
        people = []
        for name in try Self.list(path) {
            let inner = path + "/" + name
            var isFolder = false
            guard FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder) else { continue }
            if isFolder {
                let images = try Self.list(inner).filter(Self.isImage).map { inner + "/" + $0 }
                if !images.isEmpty { people.append(Person(name: name, images: images)) }
            } else if Self.isImage(name) {
                people.append(Person(name: name, images: [inner]))
            }
        }
        guard mayBeEmpty || !people.isEmpty else {
            throw .badFolder(path: path, reason: "it holds no folder with images (JPEG, PNG, PGM, PPM)")
        }
    }

    private static func list(_ path: String) throws(EvaluationError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw .badFolder(path: path, reason: "it cannot be read")
        }
    }

    private static func isImage(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return imageEndings.contains(name[name.index(after: dot)...].lowercased())
    }
}
