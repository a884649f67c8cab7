import Attendance
import Database
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Terminal

@Suite struct OutboxDamageTests {
    let folder: OutboxFolder

    init() throws { folder = try OutboxFolder() }

    /// An outbox with marks in every state; returns what is in it, oldest first.
    @discardableResult
    private func fill(_ folder: OutboxFolder, marks: Int64 = 300) throws -> [OutboxMark] {
        let outbox = try folder.open()
        let people = (0..<20).map { _ in UUID() }
        for number in 0..<marks {
            _ = try outbox.record(.sample(people[Int(number) % 20], after: (number / 20) * 86_400 + 1000 - number))
        }
        let batch = try outbox.batch(limit: 100)
        try outbox.acknowledge(
            batch.enumerated().map {
                $0.offset % 7 == 0 ? .rejected($0.element.id, reason: "no") : .accepted($0.element.id)
            })
        let rows: [OutboxMark] = try outbox.recentMarks(limit: 10_000).reversed()
        outbox.close()
        return rows
    }

    private func everything(_ folder: OutboxFolder) throws -> [OutboxMark] {
        let outbox = try folder.open()
        defer { outbox.close() }
        return try outbox.recentMarks(limit: 10_000).reversed()
    }

    @Test("A file that is no database is set aside, and marks are taken again")
    func noDatabase() throws {
        try folder.write("This is a letter to the janitor, with nothing of a database in it at all.".utf8)
        let outbox = try folder.open()
        let mark = Mark.sample()
        #expect(try outbox.record(mark) == .recorded)
        let damage = try #require(try outbox.summary.damage.first)
        #expect(damage.path == folder.file("outbox.db.damaged-1") && damage.salvaged == 0)
        #expect(try outbox.summary.alarm?.contains(damage.path) == true)
        #expect(try folder.bytes("outbox.db.damaged-1").starts(with: "This is a letter".utf8))
        outbox.close()

        // The alarm outlives a restart, and goes when somebody has looked after the file.
        #expect(try folder.open().summary.damage == [damage])
        try FileManager.default.removeItem(atPath: damage.path)
        let again = try folder.open()
        #expect(try again.summary.damage.isEmpty && again.summary.alarm == nil)
        #expect(try again.batch() == [mark])
    }

    @Test("Half a file gives its half of the marks, which are still sent")
    func truncated() throws {
        // Enough of them that the pages of the empty tables, which come first, weigh little.
        let rows = try fill(folder, marks: 600)
        let bytes = try folder.bytes()
        try folder.write(bytes.prefix(bytes.count / 2))
        let outbox = try folder.open()
        let salvaged = try outbox.recentMarks(limit: 10_000)
        #expect(try outbox.summary.damage.map(\.salvaged) == [salvaged.count])
        #expect(salvaged.count > 200 && salvaged.count < rows.count)
        #expect(salvaged.allSatisfy(rows.contains))
        let pending = salvaged.filter { $0.state == .pending }
        #expect(pending.count > 20)
        #expect(try outbox.batch().count == pending.count)
    }

    @Test("A damaged index costs no row")
    func damagedIndex() throws {
        let rows = try fill(folder)
        var bytes = try folder.bytes()
        for page in stride(from: 4096, to: bytes.count, by: 4096) where bytes[page] == 0x0a {
            for offset in 200..<400 { bytes[page + 4095 - offset] = 0x55 }
        }
        try folder.write(bytes)
        #expect(try everything(folder) == rows)
        #expect(try folder.names().contains("outbox.db.damaged-1"))
    }

    @Test("A header and schema that are gone cost no row")
    func damagedSchema() throws {
        let rows = try fill(folder)
        var bytes = try folder.bytes()
        for offset in 0..<4096 { bytes[offset] = 0 }
        try folder.write(bytes)
        #expect(try everything(folder) == rows)
    }

    @Test(
        "A schema of somebody else is damage, not a reason to stop",
        arguments: [
            ["CREATE TABLE marks (id)"], ["CREATE TABLE damage (x)", "PRAGMA user_version = 1"],
            ["PRAGMA user_version = 2"],
        ])
    func foreignSchema(statements: [String]) throws {
        do {
            let stranger = try SQLiteConnection(path: folder.file(), use: .shared())
            for statement in statements { try stranger.execute(statement) }
        }
        let outbox = try folder.open()
        #expect(try outbox.record(.sample()) == .recorded)
        #expect(try outbox.summary.damage.count == 1)
    }

    @Test("Marks that are only in the log are salvaged from the log", arguments: [true, false])
    func logOnly(fileExists: Bool) throws {
        let outbox = try folder.open()
        let marks = (0..<60).map { Mark.sample(after: $0) }
        for mark in marks { _ = try outbox.record(mark) }
        // What a killed process leaves, but for the file.
        let left = try OutboxFolder()
        try left.write(try folder.bytes("outbox.db-wal"), to: "outbox.db-wal")
        if fileExists { try left.write([]) }
        #expect(try everything(left).map(\.mark) == marks)
        let aside = (fileExists ? ["outbox.db.damaged-1"] : []) + ["outbox.db.damaged-1-wal"]
        #expect(try left.names().filter { $0.contains("damaged") } == aside)
    }

    @Test("Damage that shows while marks are written is repaired on the spot")
    func whileRunning() throws {
        let rows = try fill(folder)
        let outbox = try folder.open()
        let inFlight = try outbox.batch(limit: 5)
        try outbox.access { (connection, _) throws(DatabaseError) in
            try connection.checkpoint()
            try connection.execute("PRAGMA cache_size = 1")
            try connection.execute("PRAGMA shrink_memory")
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.file()))
        let bytes = try folder.bytes()
        for page in stride(from: 4096, to: bytes.count, by: 4096) where bytes[page] == 0x05 || bytes[page] == 0x02 {
            try file.seek(toOffset: UInt64(page))
            try file.write(contentsOf: Data(repeating: 0xee, count: 64))
        }
        try file.close()

        let mark = Mark.sample(after: -5000)
        #expect(try outbox.record(mark) == .recorded)
        #expect(try outbox.summary.damage.map(\.salvaged) == [rows.count])
        #expect(try outbox.recentMarks(limit: 10_000).reversed().map(\.mark) == rows.map(\.mark) + [mark])
        // The answer to what was sent before the repair still counts.
        #expect(try outbox.acknowledge(inFlight.map { .accepted($0.id) }) == .init(acknowledged: 5))
    }

    @Test("A crash between the two renames of a repair loses nothing")
    func interruptedRepair() throws {
        let rows = try fill(folder)
        let draft = folder.file("outbox.db.rebuilt")
        try FileManager.default.moveItem(atPath: folder.file(), toPath: draft)
        try folder.write([UInt8](repeating: 7, count: 5000), to: "outbox.db-wal")
        #expect(try everything(folder) == rows)
        #expect(try folder.names() == ["outbox.db", "outbox.db.damaged-1-wal", "outbox.db.lock"])

        // A draft beside the file is one that was not finished.
        try folder.write([UInt8](repeating: 7, count: 5000), to: "outbox.db.rebuilt")
        #expect(try everything(folder) == rows)
        #expect(try !folder.names().contains("outbox.db.rebuilt"))
    }

    @Test("A file of a newer version is refused and not set aside")
    func newerVersion() throws {
        try fill(folder, marks: 3)
        do {
            let connection = try SQLiteConnection(path: folder.file(), use: .shared())
            try connection.execute("PRAGMA user_version = 99")
        }
        let before = try folder.bytes()
        #expect(throws: OutboxError.unusable(.newerSchema(file: folder.file(), found: 99, known: 3))) {
            try folder.open()
        }
        #expect(try folder.bytes() == before)
    }

    @Test("200 damaged files open, and every mark on an undamaged page survives")
    func randomDamage() throws {
        let rows = try fill(folder, marks: 160)
        let sound = try folder.bytes()
        let idsOfPage = (0..<sound.count / 4096).map { Self.ids(in: sound, page: $0) }
        var survived = 0
        for seed in 1...200 as ClosedRange<UInt64> {
            let copy = try OutboxFolder()
            let (bytes, touched) = Self.damage(sound, seed: seed)
            try copy.write(bytes)
            let outbox = try copy.open()
            let found = Dictionary(
                try outbox.recentMarks(limit: 10_000).map { ($0.mark.id, $0) }, uniquingKeysWith: { first, _ in first })
            let touchedRows = touched.reduce(into: Set<UUID>()) { $0.formUnion(idsOfPage[$1]) }
            let lost = rows.filter { found[$0.mark.id] != $0 }
            #expect(lost.allSatisfy { touchedRows.contains($0.mark.id) }, "seed \(seed)")
            survived += rows.count - lost.count
            let mark = Mark.sample(after: -9000)
            #expect(try outbox.record(mark) == .recorded, "seed \(seed)")
            #expect(try outbox.batch(limit: 10_000).last == mark, "seed \(seed)")
        }
        // The damages take a third of the file on average where they truncate it, and a page or two elsewhere.
        #expect(Double(survived) / Double(200 * rows.count) > 0.75)
    }

    /// The bytes after one random damage, and the pages it touched.
    private static func damage(_ bytes: [UInt8], seed: UInt64) -> ([UInt8], Set<Int>) {
        var numbers = SplitMix(seed: seed)
        var bytes = bytes
        var touched: Set<Int> = []
        func set(_ offset: Int, _ byte: UInt8) {
            // The schema version decides whether the file is ours to touch; the test of a newer version has its bytes.
            guard bytes.indices.contains(offset), !(60..<64).contains(offset) else { return }
            bytes[offset] = byte
            touched.insert(offset / 4096)
        }
        switch seed % 4 {
        case 0:
            for _ in 0..<Int.random(in: 1...30, using: &numbers) {
                set(Int.random(in: bytes.indices, using: &numbers), UInt8.random(in: 0...255, using: &numbers))
            }
        case 1:
            let start = Int.random(in: bytes.indices, using: &numbers)
            for offset in 0..<Int.random(in: 1...9000, using: &numbers) {
                set(start + offset, UInt8.random(in: 0...255, using: &numbers))
            }
        case 2:
            let page = Int.random(in: 0..<bytes.count / 4096, using: &numbers)
            for offset in 0..<4096 { set(page * 4096 + offset, 0) }
        default:
            let left = Int.random(in: 1..<bytes.count, using: &numbers)
            touched = Set(left / 4096..<bytes.count / 4096)
            bytes = Array(bytes.prefix(left))
        }
        return (bytes, touched)
    }

    /// The ids of marks that lie on a page: text of 36 characters in the form of an id, wherever it is.
    private static func ids(in bytes: [UInt8], page: Int) -> Set<UUID> {
        let start = page * 4096
        let text = String(decoding: bytes[start..<start + 4096].map { $0 < 0x80 ? $0 : 0x20 }, as: UTF8.self)
        let pattern = /[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}/
        var ids: Set<UUID> = []
        var rest = text[...]
        while let match = rest.firstMatch(of: pattern) {
            if let id = UUID(uuidString: String(match.output)) { ids.insert(id) }
            rest = rest[rest.index(after: match.range.lowerBound)...]
        }
        return ids
    }
}
