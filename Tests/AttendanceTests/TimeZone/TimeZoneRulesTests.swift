import Foundation
import TestSupport
import Testing

@testable import Attendance

@Suite struct TimeZoneRulesTests {
    /// 1970-01-01 and 2100-01-01.
    private let span: Range<Int64> = 0..<4_102_444_800

    /// Foundation's own data may be older than tzdata, so Morocco, whose changes follow the moon and are predicted anew
    /// every few years, is compared up to now only. The C library, below, has the machine's own data.
    @Test(arguments: [
        ("Europe/London", 2100), ("Europe/Berlin", 2100), ("America/New_York", 2100), ("Australia/Lord_Howe", 2100),
        ("Pacific/Apia", 2100), ("Africa/Casablanca", 2026), ("Asia/Kathmandu", 2100), ("Europe/Dublin", 2100),
        ("America/St_Johns", 2100), ("Pacific/Chatham", 2100), ("UTC", 2100),
    ])
    func agreesWithFoundation(name: String, until year: Int) throws {
        let rules = try Zones.rules(name)
        let reference = try #require(TimeZone(identifier: name))
        let end = Int64(try LocalDate(year: year, month: 1, day: 1).daysSince1970) * 86_400
        var random = SplitMix(seed: 7)
        var moments = (0..<5000).map { _ in Int64.random(in: 0..<end, using: &random) }
        moments += changes(of: rules, in: 0..<end).flatMap { [$0 - 1, $0, $0 + 1] }
        for seconds in moments {
            let expected = reference.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            guard rules.offset(at: seconds) == expected else {
                Issue.record("\(name) at \(seconds): \(rules.offset(at: seconds)) instead of \(expected)")
                return
            }
        }
    }

    /// Every zone of the machine, at its changes and at random moments, up to the year 2500, against the C library.
    @Test func agreesWithTheCLibraryInEveryZone() throws {
        var random = SplitMix(seed: 8)
        var seen: Set<[UInt8]> = []
        for name in try allZones() {
            let bytes = try Zones.bytes(name)
            guard seen.insert(bytes).inserted else { continue }
            let rules = try TimeZoneRules(name: name, tzif: bytes)
            var moments = (0..<100).map { _ in Int64.random(in: 0..<16_725_225_600, using: &random) }
            moments += changes(of: rules, in: span).shuffled(using: &random).prefix(60).flatMap { [$0 - 1, $0] }
            let ours = moments.map { seconds in
                let local = rules.local(of: seconds)
                return "\(local.date) \(local.time) \(local.offset)"
            }
            let theirs = try dateProgram(zone: name, moments)
            let difference = zip(moments, zip(ours, theirs)).first { $1.0 != $1.1 }
            #expect(ours.count == theirs.count && difference == nil, "\(name): \(difference as Any)")
        }
        #expect(seen.count > 200)
    }

    @Test func theLastSecondBeforeEachChangeAndTheFirstAfterIt() throws {
        func shown(_ zone: String, _ seconds: Int64) throws -> String {
            let local = try Zones.rules(zone).local(of: seconds)
            return "\(local.date) \(local.time) \(local.offset)"
        }
        // London 2026-03-29 and 2026-10-25, 01:00 UTC.
        #expect(try shown("Europe/London", 1_774_745_999) == "2026-03-29 00:59:59 0")
        #expect(try shown("Europe/London", 1_774_746_000) == "2026-03-29 02:00:00 3600")
        #expect(try shown("Europe/London", 1_792_889_999) == "2026-10-25 01:59:59 3600")
        #expect(try shown("Europe/London", 1_792_890_000) == "2026-10-25 01:00:00 0")
        // Half an hour on Lord Howe Island, 2026-04-05 02:00 becomes 01:30.
        #expect(try shown("Australia/Lord_Howe", 1_775_314_799) == "2026-04-05 01:59:59 39600")
        #expect(try shown("Australia/Lord_Howe", 1_775_314_800) == "2026-04-05 01:30:00 37800")
        // Samoa had no 2011-12-30.
        #expect(try shown("Pacific/Apia", 1_325_239_199) == "2011-12-29 23:59:59 -36000")
        #expect(try shown("Pacific/Apia", 1_325_239_200) == "2011-12-31 00:00:00 50400")
        // Nepal, a quarter of an hour off since 1986.
        #expect(try shown("Asia/Kathmandu", 1_788_253_200) == "2026-09-01 14:45:00 20700")
    }

    @Test func readsTheOldFormat() throws {
        // Version 1, "CET" only, one change at 1000 s.
        let rules = try TimeZoneRules(
            name: "Old/One",
            tzif: TZif(version: 0, times: [1000], types: [(0, 0), (3600, 0)], indices: [1], footer: nil).bytes)
        #expect(rules.offset(at: 999) == 0)
        #expect(rules.offset(at: 1000) == 3600)
        #expect(rules.offset(at: .max) == 3600)
        #expect(rules.nextTransition(after: 999) == 1000)
        #expect(rules.nextTransition(after: 1000) == nil)
    }

    @Test func withoutAFooterTheLastOffsetStays() throws {
        let rules = try TimeZoneRules(
            name: "No/Footer",
            tzif: TZif(version: 2, times: [0], types: [(60, 0), (-60, 0)], indices: [1], footer: "").bytes)
        #expect(rules.offset(at: -1) == 60)
        #expect(rules.offset(at: 0) == -60)
        #expect(rules.offset(at: 1 << 40) == -60)
    }

    @Test(arguments: [
        "Europe/London", "America/Argentina/ComodRivadavia", "Etc/GMT+12", "UTC", "America/Port-au-Prince", "EST5EDT",
    ])
    func namesOfZones(name: String) throws {
        try TimeZoneName.validate(name)
    }

    @Test(arguments: [
        "", "/", "/etc/passwd", "Europe/", "Europe//London", "../shadow", "Europe/../../etc/passwd", ".",
        "Europe/London.tab",
        "Europe\\London", "Europe/Lon don", "Europe/London\0", "Ëurope/London", "~", String(repeating: "a", count: 65),
    ])
    func namesThatAreNone(name: String) {
        #expect(throws: AttendanceError.invalidTimeZoneName(name)) { try TimeZoneName.validate(name) }
        #expect(throws: AttendanceError.invalidTimeZoneName(name)) {
            try TimeZoneRules(name: name, tzif: TZif.plain.bytes)
        }
    }

    private func changes(of rules: TimeZoneRules, in span: Range<Int64>) -> [Int64] {
        var (changes, now): ([Int64], Int64) = ([], span.lowerBound)
        while let next = rules.nextTransition(after: now), next < span.upperBound {
            changes.append(next)
            now = next
        }
        return changes
    }

    private func allZones() throws -> [String] {
        let files = try #require(FileManager.default.enumerator(atPath: Zones.folder)).compactMap { $0 as? String }
        return files.sorted().filter { name in
            let isCopy = ["posix", "right", "localtime", "posixrules"].contains {
                name == $0 || name.hasPrefix("\($0)/")
            }
            guard !isCopy, let bytes = try? Zones.bytes(name) else { return false }
            return bytes.starts(with: "TZif".utf8)
        }
    }

    /// What coreutils' date says with the zone's file.
    private func dateProgram(zone: String, _ moments: [Int64]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/date")
        process.arguments = ["-f", "-", "+%Y-%m-%d %H:%M:%S %::z"]
        process.environment = ["TZ": ":\(Zones.folder)/\(zone)", "LC_ALL": "C"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // Smaller than a pipe's buffer, so writing everything before reading cannot wait for ever.
        input.fileHandleForWriting.write(Data(moments.map { "@\($0)\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map { line in
            var parts = line.split(separator: " ").map(String.init)
            let zone = parts.removeLast()
            let numbers = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
            let offset = numbers.reduce(0) { $0 * 60 + $1 } * (zone.hasPrefix("-") ? -1 : 1)
            return parts.joined(separator: " ") + " \(offset)"
        }
    }
}
