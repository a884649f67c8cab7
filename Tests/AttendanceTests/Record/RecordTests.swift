import Foundation
import TestSupport
import Testing

@testable import Attendance

@Suite struct RecordTests {
    let zone: TimeZoneRules
    let policy: AttendancePolicy
    static let tuesday = "2026-09-01"

    init() throws {
        zone = try Zones.rules("Europe/London")
        let early = try ClassTimes(presentUntil: TimeOfDay("08:00"), absentAfter: TimeOfDay("08:30"))
        policy = try AttendancePolicy(timeZone: "Europe/London", classTimes: ["12A": early])
    }

    private func mark(_ time: String, status: AttendanceStatus = .present, clock: ClockTrust = .server) throws -> Mark {
        var random = SplitMix(seed: UInt64(time.utf8.reduce(0) { $0 * 31 + Int($1) }))
        let day = try LocalDate(Self.tuesday)
        return Mark(
            id: random.uuid(), person: UUID(), session: SessionID(date: day),
            at: try moment("Europe/London", Self.tuesday, time), status: status, bootID: UUID(), bootTime: 1,
            clock: clock, shots: 1, score: 1)
    }

    private func basis(_ className: String = "7b", hasSchool: Bool = true) throws -> RecordBasis {
        RecordBasis(
            className: className, session: SessionID(date: try LocalDate(Self.tuesday)), hasSchool: hasSchool)
    }

    private func excuse(_ first: String, _ last: String) throws -> Excuse {
        Excuse(firstDay: try LocalDate(first), lastDay: try LocalDate(last))
    }

    private func correction(_ status: RecordStatus?, _ made: Int64, id: UUID = UUID()) -> Correction {
        Correction(id: id, made: Instant(milliseconds: made), status: status)
    }

    private func record(_ basis: RecordBasis) -> AttendanceRecord? { policy.record(on: basis, zone: zone) }

    @Test func nothingIsKnownOfSomebodyWhoWasNotSeenYet() throws {
        #expect(record(try basis()) == nil)
    }

    @Test func theEarliestMarkDecidesByThisPolicyAndNotByTheTerminals() throws {
        var basis = try basis()
        basis.marks = [try mark("09:30:00"), try mark("08:45:00", status: .absent), try mark("11:45:00")]
        #expect(
            record(basis)
                == AttendanceRecord(
                    status: .present, cause: .mark, mark: basis.marks[1].id, at: basis.marks[1].at))
        basis.className = "12A"
        #expect(record(basis)?.status == .absent)
        basis.marks.remove(at: 1)
        basis.className = "7b"
        #expect(record(basis)?.status == .late)
    }

    @Test func anUnknownTimeSaysNothing() throws {
        var basis = try basis()
        basis.marks = [try mark("08:00:00", clock: .unknown)]
        #expect(record(basis) == nil)
        basis.isClosed = true
        #expect(record(basis) == AttendanceRecord(status: .absent, cause: .closing))
    }

    @Test func anExcuseCoversAbsenceButNotWhoCame() throws {
        var basis = try basis()
        basis.excuses = [try excuse("2026-08-01", "2026-08-31"), try excuse("2026-09-02", "2026-09-09")]
        #expect(record(basis) == nil, "other days")
        basis.excuses.append(try excuse("2026-09-01", "2026-09-01"))
        #expect(record(basis) == AttendanceRecord(status: .excused, cause: .excuse), "at once")
        basis.isClosed = true
        #expect(record(basis)?.status == .excused)
        let late = try mark("11:30:00")
        basis.marks = [late]
        #expect(record(basis)?.status == .late)
        let tooLate = try mark("11:30:01")
        basis.marks = [tooLate]
        #expect(record(basis) == AttendanceRecord(status: .excused, cause: .excuse, at: tooLate.at))
        basis.excuses = [try excuse("2026-09-02", "2026-08-31")]
        #expect(record(basis)?.status == .absent)
    }

    @Test func theNewestCorrectionWinsAndAnEmptyOneTakesItBack() throws {
        var basis = try basis()
        let seen = try mark("09:30:00")
        basis.marks = [seen]
        basis.corrections = [correction(.present, 1), correction(.excused, 3), correction(.absent, 2)]
        #expect(record(basis) == AttendanceRecord(status: .excused, cause: .correction, at: seen.at))
        basis.corrections.append(correction(nil, 4))
        #expect(record(basis)?.status == .late)
        let ids = [UUID(), UUID()].sorted { $0.uuidString < $1.uuidString }
        basis.corrections = [correction(.present, 5, id: ids[1]), correction(.absent, 5, id: ids[0])]
        #expect(record(basis)?.status == .present)
    }

    @Test func withoutSchoolThereIsOnlyWhatStaffSay() throws {
        var basis = try basis(hasSchool: false)
        basis.marks = [try mark("08:45:00")]
        basis.excuses = [try excuse(Self.tuesday, Self.tuesday)]
        basis.isClosed = true
        #expect(record(basis) == nil)
        basis.corrections = [correction(.present, 1)]
        #expect(record(basis)?.status == .present)
    }

    /// The closing is the first moment that is Absent, also on the days on which the clock is set.
    @Test(arguments: ["2026-03-29", "2026-10-25", "2026-09-01"], ["00:30", "01:30", "02:30", "11:30", "23:59:59"])
    func aSessionClosesWhenItIsOver(date: String, boundary: String) throws {
        let day = try LocalDate(date)
        let times = try ClassTimes(presentUntil: TimeOfDay("00:10"), absentAfter: TimeOfDay(boundary))
        let policy = try AttendancePolicy(
            timeZone: "Europe/London", times: times, schoolDays: Set(Weekday.allCases))
        let closing = policy.closing(of: SessionID(date: day), for: "7b", zone: zone)
        func isAbsent(_ moment: Instant) -> Bool {
            policy.session(at: moment, zone: zone)?.date != day
                || policy.status(for: "7b", at: moment, zone: zone) == .absent
        }
        #expect(isAbsent(closing))
        #expect(!isAbsent(closing.advanced(byMilliseconds: -1000)))
    }

    @Test func aMomentIsWrittenWithTheOffsetOfItsZone() throws {
        let summer = try moment("Europe/London", "2026-09-01", "08:30:00", milliseconds: 7)
        #expect(zone.text(of: summer) == "2026-09-01T08:30:00.007+01:00")
        #expect(try Zones.rules("America/St_Johns").text(of: summer) == "2026-09-01T05:00:00.007-02:30")
        #expect(try Zones.rules("Asia/Kathmandu").text(of: summer) == "2026-09-01T13:15:00.007+05:45")
        #expect(TimeZoneRules.utc.text(of: summer) == "2026-09-01T07:30:00.007+00:00")
        // Liberia was 44 minutes and 30 seconds behind until 1972.
        let liberia = try Zones.rules("Africa/Monrovia")
        #expect(liberia.text(of: Instant(milliseconds: 0)) == "1970-01-01T00:00:00.000+00:00")
    }
}
