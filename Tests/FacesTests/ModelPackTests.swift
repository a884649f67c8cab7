import Faces
import Foundation
import TestSupport
import Testing

/// A pack that is not whole or not ours is refused, with the file, what is wrong with it, and the command that remakes it.
@Suite(.serialized) struct ModelPackTests {
    private let folder: TemporaryFolder
    private let pack: ModelPack

    init() throws {
        folder = try TemporaryFolder()
        pack = ModelPack(folder: folder.path)
    }

    private func good() throws -> Data {
        try Data(contentsOf: URL(filePath: ModelPack(folder: try Fixtures.models).path))
    }

    private func write(_ bytes: Data) throws { try bytes.write(to: URL(filePath: pack.path)) }

    private func expectRefusal(_ words: String, _ place: SourceLocation = #_sourceLocation) {
        let checked = #expect(throws: FaceError.self, sourceLocation: place) { try pack.check() }
        let opened = #expect(throws: FaceError.self, sourceLocation: place) { try FaceEngine(models: pack) }
        for text in [checked?.description ?? "", opened?.description ?? ""] {
            #expect(text.hasPrefix("the models \(pack.path) cannot be used: "), sourceLocation: place)
            #expect(text.contains(words), "\(text)", sourceLocation: place)
            #expect(text.contains("`sudo rollcalld-models`") && text.contains("`make models`"), sourceLocation: place)
            #expect(!text.contains("\n"), sourceLocation: place)
        }
    }

    @Test func theGoodOneSaysWhatItIs() throws {
        let facts = try ModelPack(folder: try Fixtures.models).check()
        #expect(facts.version >= 1)
        #expect(facts.size == (try good()).count)
        #expect(facts.checksum.count == 32)
        #expect(facts.checksum.allSatisfy { $0.isHexDigit })
    }

    @Test func whatIsNoFileOfOursIsRefused() throws {
        expectRefusal("No such file or directory")
        try write(Data())
        expectRefusal("it is empty")
        for junk in [Data("x".utf8), Data(repeating: 7, count: 100_000), try Data(contentsOf: Self.descriptorModel)] {
            try write(junk)
            expectRefusal("it is not a pack of Rollcall's models")
        }
        try FileManager.default.removeItem(atPath: pack.path)
        try FileManager.default.createDirectory(atPath: pack.path, withIntermediateDirectories: false)
        expectRefusal("it is a folder")
        try FileManager.default.removeItem(atPath: pack.path)
        #expect(mkfifo(pack.path, 0o600) == 0)
        expectRefusal("it is not an ordinary file")
    }

    @Test func aPackOfAnotherVersionIsRefused() throws {
        var bytes = try good().prefix(8192)
        let version = Int(bytes[16])
        for (other, words) in [(version - 1, "older than this program's"), (version + 1, "newer than this program's")] {
            bytes[16] = UInt8(other)
            try write(bytes)
            expectRefusal("it is of version \(other), \(words)")
        }
    }

    @Test func aPackOfAnotherLengthIsRefused() throws {
        var bytes = try good()
        for length in [4000, 4096, bytes.count / 2, bytes.count - 1] {
            try write(bytes.prefix(length))
            expectRefusal("it is cut off: it has \(length) of \(bytes.count) bytes")
        }
        bytes.append(0)
        try write(bytes)
        expectRefusal("more than the \(bytes.count - 1) it was made with")
    }

    @Test func everyAlteredByteIsSeen() throws {
        let bytes = try good()
        try write(bytes)
        _ = try pack.check()
        let file = try FileHandle(forUpdating: URL(filePath: pack.path))
        // The checksum, the place that is zero, the table, between the sections, in each quarter, and the last byte.
        for offset in [32, 47, 48, 64, 96, 4095] + (1...3).map { $0 * bytes.count / 4 } + [bytes.count - 1] {
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: [bytes[offset] ^ 1])
            expectRefusal("it was altered or damaged: its checksum is wrong")
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: [bytes[offset]])
        }
        _ = try pack.check()
    }

    /// What `rollcalld-models` does while the daemon runs.
    @Test func anEngineGoesOnWithThePackThatItHas() throws {
        try write(try good())
        let engine = try FaceEngine(models: pack)
        let frame = try Picture(portrait: "astronaut.png").frame()
        let before = try engine.enrol(photograph: frame)
        try FileManager.default.removeItem(atPath: pack.path)
        try write(Data("another".utf8))
        #expect(try engine.enrol(photograph: frame) == before)
    }

    private static var descriptorModel: URL {
        get throws { URL(filePath: try Fixtures.dlibModels.descriptor) }
    }
}
