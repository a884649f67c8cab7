import Capture
import Configuration
import FoundationEssentials

/// The photographs of one person that are to be enrolled.
public struct PhotographSet: Sendable, Equatable {
    /// The person's name.
    public let name: String
    /// The person's class.
    public let className: String
    /// Paths of the image files.
    public let photographs: [String]

    /// Photographs of one person.
    public init(name: String, className: String, photographs: [String]) {
        self.name = name
        self.className = className
        self.photographs = photographs
    }

    /// A folder with one sub-folder per person, named like the person, with the person's photographs, also those of a format
    /// that is refused later. Files that are no pictures and hidden ones are left alone.
    /// - Parameter className: nil takes the folder's own name.
    public static func inFolder(_ folder: String, className: String?) throws(ServerError) -> [PhotographSet] {
        let className = try Name.className.checked(className ?? ownName(of: folder))
        var sets: [PhotographSet] = []
        for name in try visibleNames(in: folder) where isFolder("\(folder)/\(name)") {
            let files = try visibleNames(in: "\(folder)/\(name)").filter(PictureName.isPicture)
            sets.append(
                PhotographSet(
                    name: try Name.person.checked(name), className: className,
                    photographs: files.map { "\(folder)/\(name)/\($0)" }))
        }
        guard !sets.isEmpty else {
            throw .refused("\(folder): it has no sub-folder; give a folder with one folder of photographs per person")
        }
        return sets
    }

    private static func visibleNames(in folder: String) throws(ServerError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            let problem = NamedFile.folderProblem(folder) ?? "it cannot be read"
            throw .refused("\(folder): \(problem); give a folder with one folder of photographs per person")
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }

    private static func ownName(of folder: String) -> String {
        URL(filePath: folder).standardizedFileURL.lastPathComponent
    }
}
