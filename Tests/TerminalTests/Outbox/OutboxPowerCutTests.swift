import Foundation
import TestSupport
import Testing

@testable import Terminal

/// `POWER_CUT_SEED=17 swift test --filter OutboxPowerCutTests` lives the life of seed 17 alone.
@Suite struct OutboxPowerCutTests {
    private static let oneSeed = ProcessInfo.processInfo.environment["POWER_CUT_SEED"].flatMap { UInt64($0) }
    /// The log is written back from 1000 pages on, each with a header of 24 bytes.
    private static let old = Result { try PowerCutLife.grow(log: 960 * (4096 + 24)) }

    @Test("What a call has stored that returned is there after a power cut, at 2,000 seeded points")
    func powerCuts() throws {
        var moments: [String: Int] = [:]
        var broken = 0
        for seed in Self.oneSeed.map({ $0...$0 }) ?? 1...2000 where broken < 10 {
            var life = try PowerCutLife(seed: seed)
            do { try life.live(from: Self.old.get()) } catch {
                Issue.record("POWER_CUT_SEED=\(seed): \(error)")
                broken += 1
            }
            for moment in life.moments { moments[moment, default: 0] += 1 }
        }
        guard Self.oneSeed == nil, broken == 0 else { return }
        // The cuts fell everywhere: into the making of the file, the log, the writing back, the closing, the reading.
        for moment in [
            "open file", "read file", "write file", "sync file", "open -wal", "read -wal", "write -wal", "sync -wal",
            "delete -wal", "open -journal", "write -journal", "sync -journal", "delete -journal", "nothing",
        ] {
            #expect(moments[moment, default: 0] > 0, "no cut at “\(moment)”")
        }
        let writing = moments.filter { !$0.key.hasPrefix("read") && $0.key != "nothing" }.values.reduce(0, +)
        #expect(writing >= 2000, "\(moments)")
    }

    @Test("The same cuts take marks away, and damage the file, where nothing is synced")
    func nothingSynced() throws {
        for sabotage in [PowerCutLife.Sabotage.synchronous("OFF"), .ignoredSyncs] {
            let kinds = try broken(by: sabotage)
            #expect(kinds[.lost, default: 0] > 50 && kinds[.damaged, default: 0] > 0, "\(sabotage): \(kinds)")
        }
    }

    @Test("They take marks away where the log is synced now and then, but damage nothing: SQLite promises that much")
    func sometimesSynced() throws {
        let kinds = try broken(by: .synchronous("NORMAL"))
        #expect(kinds[.lost, default: 0] > 50 && kinds[.damaged] == nil, "\(kinds)")
    }

    /// How many of 200 lives end with a broken promise, and with which.
    private func broken(by sabotage: PowerCutLife.Sabotage) throws -> [PowerCutLife.Broken.Kind: Int] {
        var kinds: [PowerCutLife.Broken.Kind: Int] = [:]
        for seed in 1...200 as ClosedRange<UInt64> {
            var life = try PowerCutLife(seed: seed, sabotage: sabotage)
            do { try life.live(from: Self.old.get()) } catch let error as PowerCutLife.Broken {
                kinds[error.kind, default: 0] += 1
            }
        }
        return kinds
    }
}
