import Attendance
import Database
import FoundationEssentials
import SyncProtocol
import TestSupport

@testable import Terminal

/// A life of an outbox on a disk whose power fails one to three times. Everything follows from the seed.
///
/// After each cut the outbox must hold exactly what its calls have stored that returned, and of the call that was under way
/// all or nothing.
struct PowerCutLife {
    /// What is done to the outbox so that it may lose something.
    enum Sabotage {
        /// The level of SQLite's `synchronous` after opening.
        case synchronous(String)
        /// The disk says that it has synced, and has not.
        case ignoredSyncs
    }

    /// A promise that was not kept.
    struct Broken: Error, CustomStringConvertible {
        enum Kind { case lost, damaged, failed }
        let kind: Kind
        let description: String
    }

    /// An outbox as a cut has left it that kept everything.
    struct Image {
        let files: [String: [UInt8]]
        let model: OutboxModel
    }

    /// What each cut interrupted.
    private(set) var moments: [String] = []
    private let disk: PowerCutDisk
    private let sabotage: Sabotage?
    private var numbers: SplitMix
    private var calls: OutboxCalls
    private var outbox: Outbox?
    /// What the disk may hold: the last call is on it, or not.
    private var allowed = [OutboxModel()]

    private static let name = "outbox.db"
    /// No damaged file, no draft.
    private static let names = [name, "\(name)-journal", "\(name)-wal", "\(name).lock"]

    init(seed: UInt64, sabotage: Sabotage? = nil) throws {
        disk = try PowerCutDisk(seed: seed)
        numbers = SplitMix(seed: seed)
        calls = OutboxCalls(seed: seed)
        self.sabotage = sabotage
        if case .ignoredSyncs = sabotage { disk.ignoreSyncs() }
    }

    /// Lives one life: from nothing, from a young outbox, or from `old`, whose log is about to be written back.
    mutating func live(from old: Image) throws {
        // How many operations opening takes (making the tables, reading a small file, reading a long log), and how often
        // in a hundred the power fails there.
        var opening = (operations: 36, share: 60)
        switch random(0...9) {
        case 0...2: break
        case 3...7:
            try grow(calls: random(1...60))
            opening = (30, 25)
        default:
            try put(old)
            opening = (1000, 8)
        }
        for _ in 0..<[1, 1, 1, 2, 2, 3][random(0...5)] {
            try liveUntilCut(opening)
            opening = (40, 25)
        }
        try checkRecovery()
    }

    /// An outbox whose log has at least so many bytes.
    static func grow(log size: Int) throws -> Image {
        var life = try PowerCutLife(seed: 0)
        try life.grow(calls: 150)
        guard try life.open() else { throw Broken(kind: .failed, description: "no power") }
        let log = life.disk.folder.file("\(name)-wal")
        while try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int ?? 0 < size { try life.call() }
        let files = try [name, "\(name)-wal"].map { name in
            (name, [UInt8](try Data(contentsOf: URL(filePath: life.disk.folder.file(name)))))
        }
        return Image(files: Dictionary(uniqueKeysWithValues: files), model: life.allowed[0])
    }

    private mutating func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &numbers) }

    /// Calls without a cut.
    private mutating func grow(calls: Int) throws {
        guard try open() else { throw Broken(kind: .failed, description: "no power") }
        for _ in 0..<calls { try call() }
        outbox?.close()
        outbox = nil
    }

    private mutating func put(_ image: Image) throws {
        for (name, bytes) in image.files { try disk.folder.write(name, bytes) }
        allowed = [image.model]
        calls.given = image.model.rows.map(\.mark)
    }

    /// Opens the outbox, works with it, closes it; the power fails somewhere on the way, or between two calls.
    private mutating func liveUntilCut(_ opening: (operations: Int, share: Int)) throws {
        let count = random(1...60)
        let inOpening = random(1...100) <= opening.share
        let inClosing = random(1...5) == 1
        let isIdle = random(1...20) == 1
        if inOpening { disk.failPower(after: random(1...opening.operations)) }
        if try open() {
            if !inOpening, !inClosing, !isIdle { disk.failPower(after: random(1...count * 5)) }
            for _ in 0..<count where !disk.isOff {
                if random(0...19) == 0 {
                    outbox?.close()
                    guard try open() else { break }
                } else {
                    try call()
                }
            }
            if inClosing, !disk.isOff {
                disk.failPower(after: random(1...40))
                outbox?.close()
            }
        }
        disk.failPower()
        moments.append(disk.moment)
        outbox?.close()
        outbox = nil
        try disk.restorePower()
    }

    /// The outbox is sound after the last cut, and goes on.
    private mutating func checkRecovery() throws {
        for round in 1...2 {
            guard try open() else { throw Broken(kind: .failed, description: "no power") }
            for _ in 0..<5 { try call() }
            let problems = try outbox?.access { (connection, _) throws(DatabaseError) in
                try connection.check(quick: false)
            }
            guard problems == [] else {
                throw Broken(kind: .damaged, description: "in round \(round): \(problems ?? [])")
            }
            outbox?.close()
            outbox = nil
        }
    }

    /// Opens the outbox and looks at every row; false when the power has failed.
    private mutating func open() throws -> Bool {
        let rows: [OutboxMark]
        do throws(OutboxError) { rows = try load() } catch {
            guard disk.isOff else { throw Broken(kind: .failed, description: "not opened: \(error)") }
            return false
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: disk.folder.path).sorted()
        guard names.allSatisfy({ Self.names.contains($0) }) else {
            throw Broken(kind: .damaged, description: "files: \(names)")
        }
        guard var model = allowed.first(where: { $0.rows == rows }) else {
            throw Broken(kind: .lost, description: difference(rows))
        }
        model.restart()
        allowed = [model]
        return true
    }

    private mutating func load() throws(OutboxError) -> [OutboxMark] {
        outbox = nil
        let clock = calls.clock
        let opened = try Outbox(path: disk.folder.file(Self.name), now: { clock.now })
        outbox = opened
        if case .synchronous(let level) = sabotage {
            _ = try opened.access { (connection, _) throws(DatabaseError) in
                try connection.execute("PRAGMA synchronous = \(level)")
            }
        }
        return try opened.recentMarks(limit: 100_000).reversed()
    }

    private func difference(_ rows: [OutboxMark]) -> String {
        let lists = allowed.map { model in
            let missing = model.rows.filter { !rows.contains($0) }
            let foreign = rows.filter { !model.rows.contains($0) }
            return "\(missing.count) of \(model.rows.count) rows are missing, \(foreign.count) others are there"
        }
        return "after \(disk.moment): \(lists.joined(separator: "; or "))"
    }

    /// One call, which must return what the model says, unless the power fails.
    private mutating func call() throws {
        guard let outbox, let model = allowed.first else { return }
        let call = calls.next(model)
        var after = model
        after.now = calls.clock.now
        let expected = call.expect(&after)
        allowed = [model, after]
        let found: OutboxCalls.Answer
        do throws(OutboxError) { found = try call.make(outbox) } catch {
            guard disk.isOff else { throw Broken(kind: .failed, description: "with the power on: \(error)") }
            return
        }
        guard found == expected else { throw Broken(kind: .failed, description: "\(found) instead of \(expected)") }
        allowed = [after]
    }
}
