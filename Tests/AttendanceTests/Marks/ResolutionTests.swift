import Foundation
import Testing

@testable import Attendance

private let second: Int64 = 1_000_000_000

@Suite struct ResolutionTests {
    private let zone: TimeZoneRules
    private let policy: AttendancePolicy
    private let person = UUID()
    private var time = TrustedTime(bootID: UUID())

    init() throws {
        zone = try Zones.rules("Europe/London")
        policy = try AttendancePolicy(
            timeZone: "Europe/London",
            classTimes: ["12A": ClassTimes(presentUntil: TimeOfDay("10:00"), absentAfter: TimeOfDay("12:00"))])
    }

    private func made(_ bootTime: Int64, className: String = "7B") -> Mark? {
        let sighting = Sighting(person: person, className: className, bootTime: bootTime, shots: 4, score: 0.75)
        return policy.mark(id: UUID(), of: sighting, time: time, zone: zone)
    }

    private mutating func synchronise(_ bootTime: Int64, _ date: String, _ clock: String) throws {
        let wall = try moment("Europe/London", date, clock)
        time.observe(ClockReading(bootTime: bootTime, wall: wall, isSynchronised: true))
    }

    @Test mutating func withAKnownClockTheMarkIsFinal() throws {
        try synchronise(0, "2026-09-01", "09:00:00")
        let present = try #require(made(999_999_999))
        #expect(present.at.description == "2026-09-01T08:00:00.999Z")
        #expect((present.status, present.clock) == (.present, .synchronised))
        #expect(present.session.description == "2026-09-01")
        #expect((present.person, present.bootID, present.bootTime) == (person, time.bootID, 999_999_999))
        #expect((present.shots, present.score) == (4, 0.75))
        #expect(try #require(made(second)).status == .late)
        #expect(try #require(made(second, className: "12A")).status == .present)
        try present.validate()
        #expect(policy.resolve(present, className: "7B", time: time, zone: zone) == .unchanged)
    }

    @Test mutating func onADayWithoutSchoolThereIsNoMark() throws {
        try synchronise(0, "2026-09-04", "23:59:59")
        #expect(made(0) != nil)
        #expect(made(second) == nil, "Saturday")
    }

    /// A board without a battery and without a network, switched on at 08:58:00 on a Tuesday in summer.
    @Test mutating func marksOfABootIn1970GetTheirTrueTime() throws {
        time.observe(ClockReading(bootTime: 0, wall: Instant(milliseconds: 0), isSynchronised: false))
        let marks = try [60, 120, 121, 9120, 9121].map { try #require(made(Int64($0) * second)) }
        for mark in marks {
            #expect(mark.clock == .unknown)
            #expect(mark.session.description == "1970-01-01")
            try mark.validate()
            #expect(policy.resolve(mark, className: "7B", time: time, zone: zone) == .unchanged)
        }
        try synchronise(20_000 * second, "2026-09-01", "14:31:20")
        let resolved = marks.compactMap { mark -> Mark? in
            guard case .resolved(let known) = policy.resolve(mark, className: "7B", time: time, zone: zone) else {
                return nil
            }
            #expect((known.id, known.bootTime, known.bootID) == (mark.id, mark.bootTime, mark.bootID))
            #expect(known.session.description == "2026-09-01")
            #expect(known.clock == .synchronised)
            #expect(known.key == "\(person.uuidString) 2026-09-01")
            return known
        }
        #expect(resolved.map(\.status) == [.present, .present, .late, .late, .absent])
        #expect(resolved.first?.at == (try moment("Europe/London", "2026-09-01", "08:59:00")))
        let kept = resolved.dropFirst().reduce(resolved[0]) { Mark.merge(existing: $0, incoming: $1) }
        #expect(kept.id == marks[0].id)
        // The class decides about the status.
        #expect(policy.resolve(marks[2], className: "12A", time: time, zone: zone) != .resolved(resolved[2]))
    }

    /// Three days and nights in one boot without a network: each day keeps its first mark.
    @Test mutating func noDayIsLostInALongBoot() throws {
        var stored: [String: Mark] = [:]
        // 08:50 and 15:00 on three days; the board was switched on at 08:00.
        let seen: [Int64] = [3000, 25_200, 89_400, 111_600, 175_800, 198_000]
        for seconds in seen {
            let mark = try #require(made(seconds * second))
            stored[mark.key] = stored[mark.key].map { Mark.merge(existing: $0, incoming: mark) } ?? mark
        }
        let answered = (3 * 86_400 + 3600) * second
        time.observe(
            server: try moment("Europe/London", "2026-09-04", "09:00:00"), sentAt: answered, receivedAt: answered)
        var sessions: [String: Mark] = [:]
        for mark in stored.values {
            guard case .resolved(let known) = policy.resolve(mark, className: "7B", time: time, zone: zone) else {
                Issue.record("not resolved")
                continue
            }
            sessions[known.key] = sessions[known.key].map { Mark.merge(existing: $0, incoming: known) } ?? known
        }
        let days = sessions.values.sorted { $0.at < $1.at }
        #expect(days.map(\.session.description) == ["2026-09-01", "2026-09-02", "2026-09-03"])
        #expect(days.allSatisfy { $0.status == .present && $0.clock == .server })
    }

    @Test mutating func theTrueTimeMayLieOnADayWithoutSchool() throws {
        let mark = try #require(made(60 * second))
        try synchronise(3600 * second, "2026-09-05", "10:00:00")
        let at = try moment("Europe/London", "2026-09-05", "09:01:00")
        #expect(policy.resolve(mark, className: "7B", time: time, zone: zone) == .noSchool(at: at))
    }

    @Test mutating func anotherBootSaysNothing() throws {
        let mark = try #require(made(60 * second))
        time = TrustedTime(bootID: UUID())
        try synchronise(3600 * second, "2026-09-01", "10:00:00")
        #expect(policy.resolve(mark, className: "7B", time: time, zone: zone) == .unchanged)
    }
}
