import Attendance
import Foundation
import TestSupport
import Testing

@testable import SyncProtocol

/// Whatever the bytes are, the result is a message or a typed error with one line for the operator.
@Suite struct HostileInputTests {
    /// True if every type refuses the bytes.
    private func allRefuse(_ bytes: [UInt8]) -> Bool {
        func refuses<Message: WireMessage & Decodable>(_: Message.Type) -> Bool {
            do {
                _ = try Message(json: bytes)
                return false
            } catch {
                let text = error.description
                #expect(text.utf8.count < 1000)
                #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 })
                return true
            }
        }
        let verdicts = [
            refuses(MarkBatch.self), refuses(ReceivedMarkBatch.self), refuses(MarkReceipt.self),
            refuses(WalkByBatch.self), refuses(ReceivedWalkByBatch.self), refuses(WalkByReceipt.self),
            refuses(RosterDelta.self), refuses(Heartbeat.self), refuses(HeartbeatReply.self),
            refuses(ProblemDocument.self), refuses(RegistrationRequest.self), refuses(TokenGrant.self),
        ]
        return verdicts.allSatisfy { $0 }
    }

    @Test(arguments: [
        "", " ", "\0", "null", "1", "\"", "\"a", "[", "]", "{", "}", "[]", "{]", "{\"marks\"", "{\"marks\":}", "{,}",
        "nan", "{\"a\":1",
        "<html><body>502 Bad Gateway</body></html>", "{\"status\":NaN}", "{\"status\":1e999}",
        "{\"status\":\"\\ud800\"}",
        "{\"title\":\"\\ud800\",\"status\":\"x\"}", "{\"status\":18446744073709551616}", "{\"status\":-}",
        "{\"status\":[[]]}",
        "{\"title\":{}}", "\u{FEFF}{\"status\":1}", "}}}}}}", "{\"status\":0x10}", "{'status':500}",
    ])
    func whatIsNoMessageIsRefused(text: String) {
        #expect(allRefuse(Array(text.utf8)))
    }

    @Test func deepNestingIsRefusedBeforeItCostsAnything() {
        for open in ["[", "{\"a\":"] {
            let deep = Array(String(repeating: open, count: 100_000).utf8)
            #expect(throws: SyncProtocolError.tooNested(message: "roster delta", limit: 16)) {
                try RosterDelta(json: deep)
            }
            #expect(allRefuse(deep))
        }
        // Brackets inside of a text are no nesting.
        let title = String(repeating: "[{\\\"", count: 200)
        #expect(throws: Never.self) { try ProblemDocument(json: Array("{\"title\":\"\(title)\"}".utf8)) }
    }

    @Test func aFloodOfValuesIsRefusedBeforeItCostsAnything() {
        let flood = "{\"people\":[" + String(repeating: "1,", count: 300_000) + "1]}"
        #expect(throws: SyncProtocolError.tooManyValues(message: "roster delta", limit: 20_000)) {
            try RosterDelta(json: Array(flood.utf8))
        }
    }

    @Test func moreBytesThanTheLimitAreNotEvenLookedAt() {
        #expect(throws: SyncProtocolError.tooLarge(message: "mark receipt", bytes: 262_145, limit: 262_144)) {
            try MarkReceipt(json: [UInt8](repeating: UInt8(ascii: " "), count: 262_145))
        }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        let name = Array("{\"status\":500,\"title\":\"".utf8)
        for bad in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80]] as [[UInt8]] {
            #expect(throws: SyncProtocolError.self) { try ProblemDocument(json: name + bad + Array("\"}".utf8)) }
        }
    }

    @Test func numbersAreExact() throws {
        func reply(_ number: String) throws -> Int64 {
            try HeartbeatReply(json: Array("{\"server_time_ms\":\(number)}".utf8)).serverTime.milliseconds
        }
        #expect(try reply("253402300799999") == 253_402_300_799_999)
        for number in [
            "253402300800000", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e30", "0.5",
            "-1",
            "1788253200000.5", "\"1788253200000\"", "true", "null", "01", "+1", "1.", ".1", "1e", "Infinity", "NaN",
            String(repeating: "9", count: 4000),
        ] {
            #expect(throws: SyncProtocolError.self, "\(number.prefix(30))") { try reply(number) }
        }
    }

    @Test func aMemberThatComesTwiceIsNoCrash() {
        let twice = "{\"server_time_ms\":1,\"server_time_ms\":2}"
        #expect(throws: Never.self) { try HeartbeatReply(json: Array(twice.utf8)) }
        let policy = "{\"class_times\":{\"a\":1,\"a\":2},\"class_times\":{}}"
        #expect(throws: SyncProtocolError.self) { try RosterDelta(json: Array("{\"policy\":\(policy)}".utf8)) }
    }

    @Test func theErrorNamesThePlace() throws {
        let delta = try Sample.delta()
        func error(_ old: String, _ new: String) throws -> SyncProtocolError? {
            let bytes = try edited(delta, old, new)
            return #expect(throws: SyncProtocolError.self) { try RosterDelta(json: bytes) }
        }
        guard case .malformed("roster delta", let path, _) = try error("\(Sample.id(2))", "x") else {
            Issue.record("another error")
            return
        }
        #expect(path == "\"people\".[1].\"id\"")
        guard case .malformed(_, "\"policy\".\"times\"", "it is missing") = try error("\"times\"", "\"t\"") else {
            Issue.record("another error")
            return
        }
        guard case .invalid(_, _, let reason) = try error("Europe/London", "../London") else {
            Issue.record("another error")
            return
        }
        #expect(reason.hasPrefix("\"../London\" is not a time zone's name"))
        guard case .malformed(_, let template, _) = try error("AAAAPgAAAD4AAAA+", "*") else {
            Issue.record("another error")
            return
        }
        #expect(template == "\"people\".[0].\"templates\".[0]")
    }

    @Test func mutationsAndTruncationsNeverCrash() throws {
        let originals = try [
            MarkBatch(marks: [Sample.mark(1), Sample.mark(2)]).json(),
            MarkReceipt(
                results: [.accepted(Sample.id(1)), .rejected(Sample.id(2), reason: "unknown person")],
                serverTime: Sample.serverTime
            ).json(), Sample.delta().json(), Sample.heartbeat().json(),
            ProblemDocument(status: 500, title: "a").json(), RegistrationRequest(code: "rcg_a").json(),
            TokenGrant(token: "rct_0123456789abc", name: "door").json(),
            WalkByBatch(walkBys: [Sample.walkBy(1), Sample.walkBy(2)]).json(),
            WalkByReceipt(results: [.accepted(Sample.id(1))], serverTime: Sample.serverTime).json(),
        ]
        var random = SplitMix(seed: 61)
        let pieces = [
            "\"", "\\", "{", "}", "[", "]", ",", ":", "-", "1e9", "null", "\\u0000", "\\ud83d", "\0",
            "9999999999999999999",
        ]
        for original in originals {
            for count in stride(from: 0, to: original.count, by: max(1, original.count / 300)) {
                #expect(allRefuse(Array(original.prefix(count))))
            }
            for _ in 0..<300 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                    case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random)!.utf8, at: place)
                    case 2: bytes.removeSubrange(place..<min(bytes.count, place + 5))
                    default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                    }
                    if bytes.isEmpty { bytes = [0] }
                }
                _ = allRefuse(bytes)
            }
        }
    }
}
