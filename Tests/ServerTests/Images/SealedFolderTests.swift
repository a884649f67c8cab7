import Database
import Foundation
import TestSupport
import Testing

@testable import Server

@Suite struct SealedFolderTests {
    private let folder: TemporaryFolder
    private let store: SealedFolder
    private let vault: TemplateVault
    private let jpeg = [UInt8]("a picture of somebody, as long as it need be".utf8)
    private let person = UUID()

    init() throws {
        folder = try TemporaryFolder()
        vault = try TemplateVault(key: School.key)
        store = try SealedFolder(path: folder.file("images"), vault: vault.derived(for: "rcimages"))
    }

    private func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.file("images")).filter { $0.count > 2 }
    }

    @Test func whatIsStoredIsReadAgainAndTellsNothing() throws {
        let place = ImageStore.newPlace()
        try store.put(jpeg, at: place, of: person)
        #expect(try store.get(place, of: person) == jpeg)
        #expect(try files() == ["\(place.prefix(2))/\(place)"])
        let path = folder.file("images/\(place.prefix(2))/\(place)")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        #expect(bytes.count == jpeg.count + TemplateVault.overhead)
        #expect(Data(bytes).range(of: Data("picture".utf8)) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try store.delete(place)
        try store.delete(place)
        #expect(throws: ImageError.missing) { try store.get(place, of: person) }
    }

    @Test func theFolderIsMadeWithThoseThatItIsIn() throws {
        for path in ["state/rollcall/images", "other//images/", "images"] {
            let path = folder.file(path)
            let made = try SealedFolder(path: path, vault: vault)
            try made.put(jpeg, at: ImageStore.newPlace(), of: person)
            for one in [path, "\(path)/.."] {
                var status = stat()
                #expect(stat(one, &status) == 0 && status.st_mode & S_IRWXG == 0 && status.st_mode & S_IRWXO == 0)
            }
        }
    }

    /// At the start, and not when the first image comes.
    @Test func aFolderThatCannotBeUsedIsRefusedWithTheNextStep() throws {
        let file = try folder.write("file", "no folder")
        for path in [file, "\(file)/images", "/proc/none/images"] {
            var images = ImagesConfiguration(beside: .file(folder.file("server.sqlite")))
            images.folder = path
            let error = #expect(throws: ServerError.self) { _ = try images.open(vault: vault) }
            let words = error?.description ?? ""
            #expect(
                words.hasPrefix("images.folder: ") && words.contains(path) && words.contains("mode 0700"), "\(words)")
            #expect(error?.exitStatus == 1)
        }
    }

    @Test func nothingOpensInAnotherPlaceForAnotherPersonOrByAnotherKey() throws {
        let (first, second) = (ImageStore.newPlace(), ImageStore.newPlace())
        try store.put(jpeg, at: first, of: person)
        try store.put(jpeg + [0], at: second, of: person)
        let file = { (place: String) in folder.file("images/\(place.prefix(2))/\(place)") }
        #expect(throws: ImageError.self) { try store.get(first, of: UUID()) }
        try FileManager.default.removeItem(atPath: file(second))
        try FileManager.default.copyItem(atPath: file(first), toPath: file(second))
        #expect(throws: ImageError.self) { try store.get(second, of: person) }
        for other in [
            vault, try vault.derived(for: "elsewise"), try TemplateVault(key: Array(repeating: 9, count: 32)),
        ] {
            let folder = try SealedFolder(path: folder.file("images"), vault: other)
            #expect(throws: ImageError.self) { try folder.get(first, of: person) }
        }
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: file(first))))
        bytes[40] ^= 1
        try Data(bytes).write(to: URL(filePath: file(first)))
        #expect(throws: ImageError.self) { try store.get(first, of: person) }
        try Data([1]).write(to: URL(filePath: file(first)))
        #expect(throws: ImageError.self) { try store.get(first, of: person) }
    }

    @Test func placesAreRandomAndChecked() {
        let places = (0..<1000).map { _ in ImageStore.newPlace() }
        #expect(Set(places).count == 1000 && places.allSatisfy(ImageStore.isPlace))
        for text in ["", "../../etc/passwd", "/etc/passwd", String(repeating: "g", count: 32), places[0] + "0"] {
            #expect(!ImageStore.isPlace(text))
            #expect(throws: ImageError.self) { try ImageStore.folder(store).get(text, of: person) }
            #expect(throws: ImageError.self) { try ImageStore.folder(store).delete(text) }
        }
    }
}
