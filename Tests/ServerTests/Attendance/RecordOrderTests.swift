import Attendance
import Foundation
import TestSupport
import Testing

@testable import Server

/// Any order, any repetition and any splitting into batches gives the same records, whatever staff do meanwhile.
@Suite(.onEveryDatabase) struct RecordOrderTests {
    private static let names = ["Ada", "Ben", "Cem"]

    /// Something that happens to a school. Those of one lane happen in their order, lanes in any.
    private struct Event: Sendable {
        let lane: Int
        let happen: @Sendable (Scene) throws -> Void
    }

    /// A school with three students and two terminals.
    private struct Scene {
        let school: School
        let people: [UUID]
        let terminals: [UUID]
        let admin: UUID
        var database: ServerDatabase { school.database }

        init() throws {
            let school = try School()
            self.school = school
            people = try RecordOrderTests.names.map { try school.enrol($0).id }
            terminals = try ["door", "gate"].map { try school.database.terminals.add(name: $0).terminal.id }
            admin = try school.admin()
        }

        /// What the school says in the end.
        func records() throws -> [String] {
            try school.recompute()
            return try school.look(
                """
                SELECT p.name, a.session, a.class, a.status, a.cause, a.mark, a.at_ms
                FROM attendance a JOIN people p ON p.id = a.person ORDER BY p.name, a.session
                """
            ).map { "\($0.values)" }
        }
    }

    /// Two school days after the students were enrolled: a Tuesday and a Wednesday.
    private let days: [LocalDate]
    private let morning: Instant

    init() throws {
        var date = LocalDate(daysSince1970: Int(Clock.now.seconds / 86_400) + 3)
        while date.weekday != .tuesday { date = LocalDate(daysSince1970: date.daysSince1970 + 1) }
        days = [date, LocalDate(daysSince1970: date.daysSince1970 + 1)]
        morning = try TimeZoneRules.installed("Europe/London").lastMoment(of: date, at: TimeOfDay("08:30"))
    }

    private func evening() -> Instant { morning.advanced(byMilliseconds: 60 * 3_600_000) }

    private func marks(_ random: inout SplitMix) -> [(person: Int, mark: Mark)] {
        let boots = [random.uuid(), random.uuid()]
        return (0..<24).map { _ in
            let day = Int.random(in: 0..<2, using: &random)
            // Around 09:00:00 and 11:30:00, so that both boundaries matter.
            let minutes = [0, 29, 30, 31, 180, 181, 240].randomElement(using: &random) ?? 0
            let known = Int.random(in: 0..<4, using: &random) > 0
            var mark = School.mark(
                of: UUID(), at: morning.advanced(byMilliseconds: Int64(day * 1440 + minutes) * 60_000),
                clock: known ? .synchronised : .unknown, session: days[day],
                status: AttendanceStatus.allCases.randomElement(using: &random) ?? .late,
                boot: boots.randomElement(using: &random) ?? boots[0],
                bootTime: Int64.random(in: 0..<4, using: &random) * 1_800_000_000_000)
            mark.id = random.uuid()
            return (Int.random(in: 0..<3, using: &random), mark)
        }
    }

    /// Some of the marks again: as they were, or with the time that was not known.
    private func repeated(
        _ marks: [(person: Int, mark: Mark)], _ random: inout SplitMix
    ) -> [(person: Int, mark: Mark)] {
        marks.filter { _ in Bool.random(using: &random) }.map { person, mark in
            var mark = mark
            if !mark.clock.isKnown {
                // Its true time follows from its boot time, so it is the same each time.
                mark.clock = .server
                mark.at = morning.advanced(byMilliseconds: mark.bootTime / 1_000_000 / 2)
                mark.session = SessionID(date: days[0])
            }
            return (person, mark)
        }
    }

    private func staff(_ random: inout SplitMix) throws -> [Event] {
        var events: [Event] = []
        let now = evening()
        for index in 0..<4 {
            let (person, day) = (Int.random(in: 0..<3, using: &random), days[Int.random(in: 0..<2, using: &random)])
            let status = Bool.random(using: &random) ? RecordStatus.allCases.randomElement(using: &random) : nil
            events.append(
                Event(lane: 1) { scene in
                    let new = CorrectionStore.New(
                        person: scene.people[person], session: SessionID(date: day), status: status, reason: "\(index)")
                    _ = try scene.database.corrections.make(new, by: scene.admin, now: now)
                })
        }
        for lane in 2...3 {
            let (person, isWithdrawn) = (Int.random(in: 0..<3, using: &random), Bool.random(using: &random))
            let first = days[Int.random(in: 0..<2, using: &random)]
            let last = days[1]
            events.append(
                Event(lane: lane) { scene in
                    let excuses = scene.database.excuses
                    let made = try excuses.make(
                        .init(person: scene.people[person], firstDay: first, lastDay: last, reason: "\(lane)"),
                        by: scene.admin, now: now)
                    guard isWithdrawn else { return }
                    _ = try excuses.withdraw(made.id, by: scene.admin, now: now)
                })
        }
        for (lane, day) in zip(4...5, days) where Bool.random(using: &random) {
            events.append(
                Event(lane: lane) { scene in
                    let end = try scene.database.policies.current().closing(of: SessionID(date: day), for: "7b")
                    let due = ClosingStore.Due(className: "7b", session: SessionID(date: day), end: end)
                    #expect(try scene.database.closings.close(due, now: now).waitsFor.isEmpty)
                })
        }
        for isDayOff in [true, false].shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random)) {
            let day = days[1]
            events.append(
                Event(lane: 6) { scene in
                    let calendar = scene.database.calendar
                    if isDayOff {
                        _ = try calendar.set(day, name: "holiday", by: .server, now: now)
                    } else {
                        _ = try calendar.remove(day, by: .server, now: now)
                    }
                })
        }
        if Bool.random(using: &random) {
            // After the second session is over: it counts for that day and the ones after it.
            let now = morning.advanced(byMilliseconds: 36 * 3_600_000)
            let details = ClassStore.Details(
                name: "7b", presentUntil: try TimeOfDay("08:45"), absentAfter: try TimeOfDay("11:00"))
            events.append(
                Event(lane: 7) { scene in
                    let classes = scene.database.classes
                    let id = try #require(try classes.find(name: "7b")).id
                    _ = try classes.change(id, to: details, by: .server, now: now)
                    // The records are made anew in between, or later.
                    _ = try scene.database.records.step()
                })
        }
        return events
    }

    private func deliveries(
        _ marks: [(person: Int, mark: Mark)], _ random: inout SplitMix
    ) -> [Event] {
        var rest = marks.shuffled(using: &random)[...]
        var events: [Event] = []
        while !rest.isEmpty {
            // An id comes once in a batch.
            var seen: Set<UUID> = []
            let batch = Array(
                rest.prefix(Int.random(in: 1...7, using: &random)).prefix { seen.insert($0.mark.id).inserted })
            rest = rest.dropFirst(batch.count)
            let (terminal, now) = (Int.random(in: 0..<2, using: &random), evening())
            events.append(
                Event(lane: 100 + events.count) { scene in
                    let received = batch.map { person, mark in
                        var mark = mark
                        mark.person = scene.people[person]
                        return mark
                    }
                    let results = try scene.database.marks.receive(
                        received.map { .valid($0) }, from: .terminal(scene.terminals[terminal]), now: now)
                    #expect(results.allSatisfy { $0.result != .rejected })
                })
        }
        return events
    }

    /// The events in another order, each lane in its own.
    private func shuffled(_ events: [Event], _ random: inout SplitMix) -> [Event] {
        var lanes = Dictionary(grouping: events, by: \.lane).mapValues { $0[...] }
        var order: [Event] = []
        for lane in events.map(\.lane).shuffled(using: &random) {
            if let event = lanes[lane]?.popFirst() { order.append(event) }
        }
        return order
    }

    @Test(arguments: 0..<16) func anyOrderGivesTheSameRecords(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed) + 900)
        let marks = marks(&random)
        let again = repeated(marks, &random)
        let staff = try staff(&random)
        let first = try Scene()
        for event in staff + deliveries(marks, &random) + deliveries(again, &random) { try event.happen(first) }
        let wanted = try first.records()
        #expect(!wanted.isEmpty)
        for _ in 0..<3 {
            let scene = try Scene()
            let more = marks.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            let events = staff + deliveries(marks + again + more, &random)
            for event in shuffled(events, &random) { try event.happen(scene) }
            #expect(try scene.records() == wanted)
        }
    }
}

extension SplitMix {
    fileprivate mutating func uuid() -> UUID { UUIDv7.make(at: School.morning, using: &self) }
}
