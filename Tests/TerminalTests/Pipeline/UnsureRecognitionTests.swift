import Attendance
import Faces
import Foundation
import Identification
import TestSupport
import Testing

@testable import Terminal

/// What a track leaves for people to decide.
@Suite struct UnsureRecognitionTests {
    private let people = (0..<3).map { number in
        RosterPerson(id: UUID(), name: "Person \(number)", className: "7b", templates: [Self.descriptor(number)])
    }

    /// Of unlike people, of about the norm of real ones.
    private static func descriptor(_ seed: Int) -> Descriptor {
        var random = SplitMix(seed: UInt64(seed) + 5)
        return Descriptor(values: (0..<Descriptor.count).map { _ in Float.random(in: -0.2...0.2, using: &random) })!
    }

    private func walkBy(of descriptor: Descriptor, _ identifier: Identifier) -> WalkBy {
        var walkBy = WalkBy()
        for _ in 0..<3 {
            _ = walkBy.add(descriptor, weight: 1, identifier: identifier, policy: ShotPolicy())
        }
        return walkBy
    }

    @Test func theLikeliestComeFirstAndAsManyAsTheReasonIsAbout() throws {
        let identifier = Identifier(roster: Roster(people: people), rule: DecisionRule())
        let walkBy = walkBy(of: people[1].templates[0], identifier)
        func likely(_ reason: UnsureReason) -> [String]? {
            UnsureRecognition(reason, of: walkBy, by: identifier, lastSeen: .seconds(9))?.people.map(\.name)
        }
        #expect(likely(.suspicious(.carried)) == ["Person 1"])
        #expect(likely(.challengeFailed(.tooLate)) == ["Person 1"])
        #expect(likely(.noGoodShot) == nil && likely(.fewShots(have: 1, need: 3)) == nil)
        let empty = Identifier(roster: Roster(people: []), rule: DecisionRule())
        #expect(
            UnsureRecognition(
                .littleEvidence(score: 1, need: 2), of: self.walkBy(of: people[1].templates[0], empty), by: empty,
                lastSeen: .zero) == nil)
    }

    /// Of all who come close, the one who is in doubt is named, as the decision saw it.
    @Test func theOtherOneIsWhoLooksAlike() throws {
        let like = Self.descriptor(1).values.enumerated().map { $1 + ($0 % 2 == 0 ? 0.01 : -0.01) }
        let twin = RosterPerson(
            id: UUID(), name: "Twin", className: "7b", templates: [try #require(Descriptor(values: like))])
        let identifier = Identifier(roster: Roster(people: people + [twin]), rule: DecisionRule())
        let walkBy = walkBy(of: people[1].templates[0], identifier)
        guard case .unsure(let reason) = identifier.conclude(walkBy.evidence), case .lookAlikes = reason else {
            Issue.record("\(identifier.conclude(walkBy.evidence))")
            return
        }
        for reason in [reason, .twoPeopleLikely(margin: 0, need: 1)] {
            let unsure = UnsureRecognition(reason, of: walkBy, by: identifier, lastSeen: .seconds(9))
            #expect(unsure?.people.map(\.name) == ["Person 1", "Twin"])
        }
    }

    /// Every reason that names somebody has a word, and its text fits.
    @Test func theWordsAreStableAndTheTextsFit() throws {
        let long: Float = -123_456.78
        let reasons: [UnsureReason] =
            LivenessReason.allCases.map { .suspicious($0) } + [
                .challengeFailed(.notSeenAgain), .lookAlikes(margin: long, need: long),
                .twoPeopleLikely(margin: long, need: long), .littleEvidence(score: long, need: long),
            ]
        for reason in reasons {
            let word = try #require(reason.word)
            var walkBy = UnsureWalkBy.sample(reason: word)
            walkBy.detail = reason.description
            try walkBy.validate()
        }
    }

    @Test func theDeskRecordsOnceAndNothingWithoutSchool() throws {
        let folder = try OutboxFolder()
        let outbox = try folder.open()
        var desk = AttendanceDesk(outbox: outbox)
        var time = TrustedTime(bootID: Mark.boot)
        time.observe(server: .monday, sentAt: 0, receivedAt: 0)
        let unsure = UnsureRecognition(
            people: [people[0]], reason: .suspicious(.carried), score: 8, shots: 4, firstGoodFrame: .seconds(30))
        func school(daysOff: Set<LocalDate> = []) throws -> SchoolTime {
            SchoolTime(policy: try AttendancePolicy(timeZone: "UTC", daysOff: daysOff), zone: .utc)
        }
        let holiday = try school(daysOff: [SessionID(of: .monday).date])
        #expect(try desk.record(unsure, time: time, school: holiday) == .nothingToDecide)
        guard case .recorded(let walkBy) = try desk.record(unsure, time: time, school: school()) else {
            Issue.record("it is not recorded")
            return
        }
        #expect(walkBy.at == Instant.monday.later(seconds: 30) && walkBy.people == [people[0].id])
        #expect(walkBy.reason == .suspicious && walkBy.detail == LivenessReason.carried.rawValue)
        #expect(UUIDv7.instant(of: walkBy.id) == walkBy.at)
        #expect(try desk.record(unsure, time: time, school: school()) == .alreadyThere)
        #expect(try outbox.recentWalkBys(limit: 9).map(\.walkBy) == [walkBy])
        #expect(try outbox.summary.depth == 0, "it is no mark")
    }
}
