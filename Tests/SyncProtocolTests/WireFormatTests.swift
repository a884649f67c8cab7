import Attendance
import Foundation
import SyncProtocol
import Testing

/// The bytes on the wire. A change here breaks terminals in the field.
@Suite struct WireFormatTests {
    private func check<Message: WireMessage & Codable>(_ message: Message, is json: String) throws {
        #expect(String(decoding: try message.json(), as: UTF8.self) == json)
        #expect(try Message(json: Array(json.utf8)) == message)
    }

    @Test func markBatch() throws {
        try check(
            MarkBatch(marks: [Sample.mark(1)]),
            is: """
                {"marks":[{"at_ms":1788253200000,"boot_id":"00000000-0000-7000-8000-000000000900",\
                "boot_time_ns":5000000000,"clock":"server","id":"00000000-0000-7000-8000-000000000001",\
                "person":"00000000-0000-7000-8000-000000000101","score":0.5,"session":"2026-09-01","shots":3,\
                "status":"present"}]}
                """)
    }

    @Test func markReceipt() throws {
        try check(
            MarkReceipt(
                results: [
                    .accepted(Sample.id(1)), .duplicate(Sample.id(2)),
                    .rejected(Sample.id(3), reason: "no such\nperson"),
                ], serverTime: Sample.serverTime),
            is: """
                {"results":[{"id":"00000000-0000-7000-8000-000000000001","result":"accepted"},\
                {"id":"00000000-0000-7000-8000-000000000002","result":"duplicate"},\
                {"id":"00000000-0000-7000-8000-000000000003","reason":"no such person","result":"rejected"}],\
                "server_time_ms":1788253201500}
                """)
    }

    @Test func walkByBatch() throws {
        try check(
            WalkByBatch(walkBys: [Sample.walkBy(1)]),
            is: """
                {"walk_bys":[{"at_ms":1788253200000,"boot_id":"00000000-0000-7000-8000-000000000900",\
                "boot_time_ns":5000000000,"clock":"server","detail":"two look alike",\
                "id":"00000000-0000-7000-8000-000000000001","people":["00000000-0000-7000-8000-000000000101",\
                "00000000-0000-7000-8000-000000000201"],"reason":"look_alikes","score":0.5,"session":"2026-09-01",\
                "shots":3}]}
                """)
        #expect(
            UnsureWalkBy.Reason.allCases.map(\.rawValue) == [
                "suspicious", "challenge_failed", "look_alikes", "two_people_likely", "little_evidence",
            ])
    }

    @Test func walkByReceipt() throws {
        try check(
            WalkByReceipt(
                results: [.duplicate(Sample.id(2)), .rejected(Sample.id(3), reason: "nobody")],
                serverTime: Sample.serverTime),
            is: """
                {"results":[{"id":"00000000-0000-7000-8000-000000000002","result":"duplicate"},\
                {"id":"00000000-0000-7000-8000-000000000003","reason":"nobody","result":"rejected"}],\
                "server_time_ms":1788253201500}
                """)
    }

    @Test func rosterDelta() throws {
        var delta = try Sample.delta()
        delta.people = [Sample.entry(1)]
        // The float 0.125 is 0x3E000000.
        let template = String(repeating: "AAAAPgAAAD4AAAA+", count: 43).prefix(683) + "="
        try check(
            delta,
            is: """
                {"cursor":"v1.42","more":false,"people":[{"class":"7B","id":"00000000-0000-7000-8000-000000000001",\
                "model":"dlib-resnet-v1","name":"Ada Lovelace","templates":["\(template)"]}],\
                "policy":{"class_times":{},"days_off":[],\
                "school_days":["monday","tuesday","wednesday","thursday","friday"],"time_zone":"Europe/London",\
                "times":{"absent_after":"11:30:00","present_until":"09:00:00"}},\
                "removed":["00000000-0000-7000-8000-000000000003"],"reset":false,"server_time_ms":1788253201500}
                """)
    }

    @Test func heartbeat() throws {
        try check(
            Sample.heartbeat(),
            is: """
                {"boot_id":"00000000-0000-7000-8000-000000000900","camera":"running","clock":"synchronised",\
                "frames_delivered":900,"frames_dropped":2,"memory_bytes":100000000,"outbox_depth":1,"outbox_oldest_s":4,\
                "outbox_rejected":0,"roster_cursor":"v1.42","roster_people":5,"uptime_s":61,"version":"0.1.0"}
                """)
        var empty = Sample.heartbeat()
        (empty.rosterCursor, empty.outboxOldestSeconds, empty.outboxAlarm) = (nil, nil, "disk full")
        #expect(try Heartbeat(json: empty.json()) == empty)
        var counted = Sample.heartbeat()
        counted.outboxWalkBys = 7
        #expect(String(decoding: try counted.json(), as: UTF8.self).contains(#""outbox_walk_bys":7,"#))
        #expect(try Heartbeat(json: counted.json()) == counted)
        var dated = Sample.heartbeat()
        dated.time = Sample.serverTime
        #expect(String(decoding: try dated.json(), as: UTF8.self).contains(#""time_ms":1788253201500,"#))
        #expect(try Heartbeat(json: dated.json()) == dated)
    }

    @Test func registration() throws {
        try check(RegistrationRequest(code: "rcg_a-1"), is: #"{"code":"rcg_a-1"}"#)
        try check(
            TokenGrant(token: "rct_0123456789abc", name: "north door"),
            is: #"{"name":"north door","token":"rct_0123456789abc"}"#)
        try check(TokenRequest(), is: "{}")
        let secrets = "\(RegistrationRequest(code: "hush")) \(TokenGrant(token: "hush", name: "door"))"
        var dumped = ""
        dump(TokenGrant(token: "hush", name: "door"), to: &dumped)
        #expect(!secrets.contains("hush") && !dumped.contains("hush"))
    }

    @Test func heartbeatReply() throws {
        try check(HeartbeatReply(serverTime: Sample.serverTime), is: #"{"server_time_ms":1788253201500}"#)
    }

    @Test func problemDocument() throws {
        try check(
            ProblemDocument(status: 401, title: "Unauthorized", detail: "The token is not known."),
            is: #"{"detail":"The token is not known.","status":401,"title":"Unauthorized","type":"about:blank"}"#)
        #expect(try ProblemDocument(json: Array("{}".utf8)).status == nil, "every member is optional")
    }

    @Test func membersOfALaterVersionAreIgnored() throws {
        let bytes = try edited(
            HeartbeatReply(serverTime: Sample.serverTime), "{", #"{"later":[1,{"a":null}],"more_ms":1e3,"#)
        #expect(try HeartbeatReply(json: bytes).serverTime == Sample.serverTime)
    }

    @Test func anyTextSurvives() throws {
        var delta = try Sample.delta()
        delta.people[0].name = "Zoë \"Q\" \\ 👩‍👩‍👧 /\u{2028}'; DROP TABLE--"
        delta.people[0].className = "７年/А"
        #expect(try RosterDelta(json: delta.json()) == delta)
    }

    @Test func theLargestMessagesFit() throws {
        let marks = try (0..<MarkBatch.maximumMarks).map { number in
            var mark = try Sample.mark(number)
            (mark.at, mark.bootTime, mark.score) = (Instant.valid.upperBound, .max, 1 / 3)
            return mark
        }
        #expect(try MarkBatch(json: MarkBatch(marks: marks).json()).marks == marks)

        let walkBys = try (0..<WalkByBatch.maximumWalkBys).map { number in
            var walkBy = try Sample.walkBy(number)
            walkBy.detail = String(repeating: "\"", count: UnsureWalkBy.maximumDetailBytes)
            (walkBy.at, walkBy.bootTime, walkBy.score) = (Instant.valid.upperBound, .max, 1 / 3)
            return walkBy
        }
        #expect(try WalkByBatch(json: WalkByBatch(walkBys: walkBys).json()).walkBys == walkBys)

        let reason = String(repeating: "\"", count: MarkResult.maximumReasonLength)
        let answers = WalkByReceipt(
            results: walkBys.map { .rejected($0.id, reason: reason) }, serverTime: Instant.valid.upperBound)
        #expect(try WalkByReceipt(json: answers.json()) == answers)
        let receipt = MarkReceipt(
            results: marks.map { .rejected($0.id, reason: reason) }, serverTime: Instant.valid.upperBound)
        #expect(try MarkReceipt(json: receipt.json()) == receipt)

        let name = String(repeating: "\"", count: RosterEntry.maximumNameBytes)
        let classes = (0..<AttendancePolicy.maximumClasses).map { ("\(name.prefix(90))\($0)", ClassTimes.standard) }
        let delta = RosterDelta(
            cursor: String(repeating: "c", count: RosterDelta.maximumCursorBytes), reset: true,
            people: (0..<RosterDelta.maximumPeople).map { number in
                RosterEntry(
                    id: Sample.id(number), name: name, className: String(name.prefix(100)),
                    templates: (0..<RosterEntry.maximumTemplates).map { _ in Sample.template(-0.123_456_7) })
            }, removed: (100..<100 + RosterDelta.maximumRemoved).map { Sample.id($0) },
            policy: try AttendancePolicy(
                timeZone: "UTC", classTimes: Dictionary(uniqueKeysWithValues: classes),
                daysOff: Set((0..<AttendancePolicy.maximumDaysOff).map { LocalDate(daysSince1970: 20_000 + $0) })),
            serverTime: Instant.valid.upperBound, more: true)
        #expect(try RosterDelta(json: delta.json()) == delta)
    }

    @Test func noMessageMayBeLargerThanABody() {
        let limits = [
            MarkBatch.maximumBytes, ReceivedMarkBatch.maximumBytes, MarkReceipt.maximumBytes, RosterDelta.maximumBytes,
            Heartbeat.maximumBytes, HeartbeatReply.maximumBytes, RegistrationRequest.maximumBytes,
            TokenGrant.maximumBytes, ProblemDocument.maximumBytes, WalkByBatch.maximumBytes,
            ReceivedWalkByBatch.maximumBytes, WalkByReceipt.maximumBytes,
        ]
        #expect(limits.allSatisfy { $0 <= Endpoint.maximumBodyBytes })
    }
}
