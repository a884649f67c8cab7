import Foundation
import Testing

@testable import Database

@Suite struct SalvageTests {
    let folder: DatabaseFolder

    init() throws { folder = try DatabaseFolder() }

    private let schema = [
        Migration(
            "values", ["CREATE TABLE stored (number INTEGER PRIMARY KEY, a, b, c)", "CREATE INDEX i ON stored (a)"])
    ]

    private func salvaged() -> [Int64: [SQLValue]] {
        var rows: [Int64: [SQLValue]] = [:]
        DamagedDatabase.rows(of: folder.file(), columns: 4) { rows[$0.number] = Array($0.values.dropFirst()) }
        return rows
    }

    private let samples: [SQLValue] = [
        .null, 0, 1, -1, 127, 128, -129, 32_767, -32_769, 8_388_607, -8_388_609, 2_147_483_648, 140_737_488_355_327,
        .integer(.max), .integer(.min), 0.5, -1e300, "", "text", "名前", .text(String(repeating: "x", count: 300)),
        .blob([]),
        .blob([0, 1, 255]), .blob([UInt8](repeating: 9, count: 700)),
    ]

    @Test("Every kind of value is read as SQLite reads it, from the file and from the log", arguments: [true, false])
    func everyValue(fromLog: Bool) throws {
        let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: schema)
        var expected: [Int64: [SQLValue]] = [:]
        for (index, value) in samples.enumerated() {
            let row = [value, samples[(index * 7 + 3) % samples.count], samples[(index * 5 + 1) % samples.count]]
            let number = Int64(index) * 1_000_003
            expected[number] = row
            try connection.execute("INSERT INTO stored VALUES (?, ?, ?, ?)", [.integer(number)] + row)
        }
        if !fromLog { try connection.checkpoint() }
        #expect(salvaged() == expected)
    }

    @Test("Changed rows come in their last version, unfinished ones not at all, deleted ones only from before the log")
    func versions() throws {
        let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: schema)
        for number in 0..<200 as Range<Int64> {
            try connection.execute(
                "INSERT INTO stored VALUES (?, 'first', 1, ?)",
                [.integer(number), .blob(.init(repeating: 1, count: 90))])
        }
        try connection.checkpoint()
        try connection.execute("UPDATE stored SET a = 'second' WHERE number % 2 = 0")
        try connection.execute("DELETE FROM stored WHERE number % 3 = 0")
        // More than the cache holds, so that unfinished pages reach the log.
        try connection.execute("PRAGMA cache_size = 1")
        try connection.execute("BEGIN")
        try connection.execute("UPDATE stored SET a = 'unfinished'")

        let rows = salvaged()
        let kept: [Int64] = (0..<200).filter { $0 % 3 != 0 }
        for number in kept where number % 2 == 0 { #expect(rows[number]?.first == "second") }
        #expect(!rows.values.contains { $0.first == "unfinished" })

        try connection.execute("ROLLBACK")
        try connection.checkpoint()
        #expect(salvaged().keys.sorted() == kept)
    }

    @Test("No bytes bring it down", arguments: 1...20 as ClosedRange<UInt64>)
    func garbage(seed: UInt64) throws {
        do {
            let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: schema)
            for value in samples { try connection.execute("INSERT INTO stored (a, b, c) VALUES (?, 1, 'c')", [value]) }
        }
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let sound = try folder.bytes()
        for _ in 0..<15 {
            var bytes = sound
            // Leaves the pages' types alone, so that what is in them is looked at.
            for _ in 0...next(300) {
                let offset = next(bytes.count)
                if offset % 4096 != 0 { bytes[offset] = UInt8(next(256)) }
            }
            try Data(bytes).write(to: URL(fileURLWithPath: folder.file()))
            try Data(bytes.shuffled().prefix(next(9000))).write(to: URL(fileURLWithPath: folder.file() + "-wal"))
            #expect(salvaged().count <= 4096)
        }
        for count in [0, 1, 15, 17, 99, 4095] {
            try Data(sound.prefix(count)).write(to: URL(fileURLWithPath: folder.file()))
            _ = salvaged()
        }
        DamagedDatabase.rows(of: folder.file("none"), columns: 4) { _ in Issue.record("a row out of nothing") }
    }
}
