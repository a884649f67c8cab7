import Attendance
import FoundationEssentials
import SyncProtocol
import Testing

@testable import Terminal

struct RosterPullTests {
    private let policy: AttendancePolicy
    private var pull = RosterPull()

    init() throws {
        policy = try AttendancePolicy(timeZone: "Europe/London")
    }

    private func page(
        _ cursor: String, reset: Bool = false, removed: [UUID] = [], policy: AttendancePolicy? = nil, more: Bool = false
    ) -> RosterDelta {
        RosterDelta(
            cursor: cursor, reset: reset, people: [], removed: removed, policy: policy ?? self.policy,
            serverTime: Instant(milliseconds: 0), more: more)
    }

    @Test mutating func onlyTheLastPageAnnouncesTheRoster() {
        let first = pull.take(page("1", reset: true, more: true), change: RosterChange(stored: 50))
        let second = pull.take(page("2", more: true), change: RosterChange(stored: 50))
        #expect(!first && !second)
        let announces = pull.take(page("3"), change: RosterChange())
        #expect(announces, "the last page alone changed nothing, but the others did")
        let again = pull.take(page("3"), change: RosterChange())
        #expect(!again)
    }

    @Test mutating func aReplyWithoutAChangeIsNotStored() throws {
        #expect(!pull.isEmpty(page("3"), after: "3"), "the stored policy may be another one")
        _ = pull.take(page("3"), change: RosterChange())
        #expect(pull.isEmpty(page("3"), after: "3"))
        #expect(!pull.isEmpty(page("4"), after: "3"))
        #expect(!pull.isEmpty(page("3"), after: nil))
        #expect(!pull.isEmpty(page("3", reset: true), after: "3"))
        #expect(!pull.isEmpty(page("3", removed: [UUID()]), after: "3"))
        #expect(!pull.isEmpty(page("3", policy: try AttendancePolicy(timeZone: "Asia/Tokyo")), after: "3"))
    }

    @Test mutating func aTagIsOfTheQuestionThatHadNothingNew() throws {
        let tag = try #require(EntityTag("W/\"a\""))
        #expect(pull.tag(after: "3") == nil)
        _ = pull.take(page("3"), change: RosterChange())
        pull.remember(tag, of: page("3"), after: "2")
        #expect(pull.tag(after: "3") == nil && pull.tag(after: "2") == nil, "the page went on from 2 to 3")
        pull.remember(tag, of: page("3"), after: "3")
        #expect(pull.tag(after: "3") == tag)
        #expect(pull.tag(after: "2") == nil && pull.tag(after: nil) == nil)
        pull.remember(nil, of: page("3"), after: "3")
        #expect(pull.tag(after: "3") == nil)
        pull.remember(tag, of: page("3", reset: true), after: "3")
        #expect(pull.tag(after: "3") == nil, "a roster from nothing is to be stored")
    }

    @Test(arguments: ["\"\"", "\"a!~\"", "W/\"x-_=+/\""]) func tags(text: String) {
        #expect(EntityTag(text)?.text == text)
    }

    @Test(arguments: [
        "", "a", "\"", "W/", "W/\"", "w/\"a\"", "\"a", "a\"", "\"a\"b\"", "\"a b\"", "\"a\u{7F}\"", "\"é\"", "\"a\nb\"",
        "*",
        "\"" + String(repeating: "x", count: 199) + "\"",
    ]) func whatIsNoTagIsNone(text: String) {
        #expect(EntityTag(text) == nil)
    }

    @Test func aPageThatLeadsNowhereIsRefused() throws {
        try pull.check(page("2", more: true), after: "1")
        try pull.check(page("1"), after: "1")
        #expect(throws: SyncError.self) { try pull.check(page("1", more: true), after: "1") }
    }

    @Test mutating func aRosterWithoutEndIsRefused() throws {
        for number in 0..<RosterPull.maximumPages {
            try pull.check(page("\(number + 1)", more: true), after: "\(number)")
            _ = pull.take(page("\(number + 1)", more: true), change: RosterChange(stored: 50))
        }
        let endless = pull
        #expect(throws: SyncError.self) { try endless.check(page("x", more: true), after: "y") }
    }
}
