import FoundationEssentials
import TestSupport
import Testing

@testable import rollcallctl

@Suite struct AnnotationPathsTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func oneImageGoesIntoTheFile() throws {
        var paths = try AnnotationPaths(target: folder.file("out.png"), imageCount: 1)
        #expect(paths.next(for: "a/b.jpg") == folder.file("out.png"))
    }

    @Test func oneImageGoesIntoAFolderThatExists() throws {
        var paths = try AnnotationPaths(target: folder.path, imageCount: 1)
        #expect(paths.next(for: "a/b.jpg") == folder.file("b.png"))
    }

    @Test func severalImagesGoIntoAFolderThatIsMade() throws {
        let target = folder.file("new/one")
        var paths = try AnnotationPaths(target: target, imageCount: 3)
        var isFolder = false
        #expect(FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) && isFolder)
        #expect(paths.next(for: "a/face.jpg") == target + "/face.png")
        #expect(paths.next(for: "b/face.png") == target + "/face-2.png")
        #expect(paths.next(for: "noending") == target + "/noending.png")
    }

    @Test func aFileInThePlaceOfTheFolderIsRefused() throws {
        let file = try folder.write("file", "x")
        #expect(throws: (any Error).self) { try AnnotationPaths(target: file + "/deeper", imageCount: 2) }
        #expect(throws: (any Error).self) { try AnnotationPaths(target: file, imageCount: 2) }
    }
}
