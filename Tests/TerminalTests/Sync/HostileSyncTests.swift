import Foundation
import TestSupport
import Testing

/// What a server may do, and what becomes of 205 marks, a roster and the memory.
struct HostileCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// The kinds of error that must show, all others must not.
    let kinds: Set<String>
    /// Other kinds that may show, by the time at which the connection breaks.
    var perhaps: Set<String> = []
    /// True when the marks go through all the same.
    var delivers = false
    /// After how many seconds without data the client gives up.
    var patience = 60
    var environment: [String: String] = [:]

    var testDescription: String { name }

    static let all: [HostileCase] = [
        HostileCase(name: "endless_body", kinds: ["too_large"]),
        HostileCase(name: "endless_body@marks", kinds: ["too_large"]),
        HostileCase(name: "endless_chunks", kinds: ["too_large"]),
        HostileCase(name: "endless_headers", kinds: ["too_large"]),
        HostileCase(name: "endless_header_line", kinds: ["too_large"]),
        HostileCase(name: "endless_interim", kinds: ["too_large"]),
        HostileCase(name: "endless_trailer", kinds: ["too_large"]),
        HostileCase(name: "many_headers", kinds: ["too_large"]),
        HostileCase(name: "too_large", kinds: ["too_large"]),
        HostileCase(name: "lying_length", kinds: ["too_large"]),
        HostileCase(name: "negative_length", kinds: ["bad_reply"]),
        HostileCase(name: "deep_json", kinds: ["bad_message"], perhaps: ["too_large"]),
        HostileCase(name: "deep_objects", kinds: ["bad_message"], perhaps: ["too_large"]),
        HostileCase(name: "wide_json", kinds: ["bad_message"], perhaps: ["too_large"]),
        HostileCase(name: "full_json", kinds: ["bad_message"], perhaps: ["too_large"]),
        HostileCase(name: "bad_utf8", kinds: ["bad_message"]),
        HostileCase(name: "huge_numbers", kinds: ["bad_message"]),
        HostileCase(name: "not_json", kinds: ["bad_reply"]),
        HostileCase(name: "gzip_bomb", kinds: ["bad_reply"], perhaps: ["too_large"]),
        HostileCase(name: "gzip_transfer", kinds: ["too_large"]),
        HostileCase(name: "garbage", kinds: ["bad_reply"]),
        HostileCase(name: "http09", kinds: ["bad_reply"]),
        HostileCase(name: "truncated", kinds: ["not_reachable"]),
        HostileCase(name: "truncated@marks", kinds: ["not_reachable"]),
        HostileCase(name: "reset", kinds: ["not_reachable"]),
        HostileCase(name: "reset@marks", kinds: ["not_reachable"]),
        HostileCase(name: "reset_early", kinds: ["not_reachable"]),
        HostileCase(name: "drip", kinds: ["timed_out"], patience: 1),
        HostileCase(name: "drip@marks", kinds: ["timed_out"], patience: 1),
        HostileCase(name: "silent", kinds: ["timed_out"], patience: 1),
        HostileCase(name: "status_500", kinds: ["server_error"]),
        HostileCase(name: "busy", kinds: ["too_many_requests"]),
        HostileCase(name: "redirect_http", kinds: ["redirected"]),
        HostileCase(name: "redirect_https", kinds: ["redirected"]),
        HostileCase(name: "foreign_acks", kinds: ["bad_reply"]),
        HostileCase(name: "empty_receipt", kinds: ["bad_reply"]),
        HostileCase(name: "twice", kinds: ["bad_message"]),
        // These cost nothing but patience.
        HostileCase(name: "foreign_beside_real", kinds: [], delivers: true),
        HostileCase(name: "half", kinds: [], delivers: true),
        HostileCase(name: "lost_reply", kinds: [], perhaps: ["not_reachable"], delivers: true),
        HostileCase(name: "http10", kinds: [], delivers: true),
        HostileCase(name: "wrong_time", kinds: [], delivers: true),
        HostileCase(name: "heavy_roster", kinds: [], delivers: true),
        HostileCase(name: "endless_roster", kinds: [], delivers: true),
        HostileCase(name: "same_cursor", kinds: ["bad_reply"], delivers: true),
        HostileCase(name: "bad_person", kinds: ["bad_message"], delivers: true),
        HostileCase(name: "endless_body@roster", kinds: ["too_large"], delivers: true),
        // Nothing of the environment may divert a request or its token.
        HostileCase(
            name: "good+environment", kinds: [], delivers: true,
            environment: [
                "https_proxy": "http://127.0.0.1:1", "HTTPS_PROXY": "http://127.0.0.1:1",
                "ALL_PROXY": "socks5://127.0.0.1:1", "CURL_CA_BUNDLE": "/nonexistent", "SSL_CERT_FILE": "/nonexistent",
            ]),
    ]
}

struct HostileSyncTests {
    /// As the child prints it.
    private struct Outcome: Decodable {
        let growth: Int
        let pending: Set<UUID>
        let acknowledged: Set<UUID>
        let rejected: Set<UUID>
        let kinds: Set<String>
        let rosterPeople: Int
        let rosterNews: Int
        let serverTimes: Int
    }

    /// Each case in a process of its own: no mark is lost or doubled, nothing crashes, memory grows by 8 MB at most.
    @Test(arguments: HostileCase.all)
    func costsNoMarkAndLittleMemory(hostile: HostileCase) throws {
        let outcome = try run(hostile)

        #expect(outcome.growth <= 8 * 1024, "\(outcome.growth) KB")
        #expect(outcome.kinds.isSuperset(of: hostile.kinds), "\(outcome.kinds)")
        #expect(outcome.kinds.isSubset(of: hostile.kinds.union(hostile.perhaps)), "\(outcome.kinds)")

        #expect(outcome.pending.count + outcome.acknowledged.count == 205 && outcome.rejected.isEmpty)
        let stored = Set(
            try HostileServer.shared.get().seen(hostile.name).stored.keys.compactMap { UUID(uuidString: $0) })
        #expect(outcome.acknowledged.isSubset(of: stored), "only what the server has is done")
        #expect(outcome.acknowledged.count == (hostile.delivers ? 205 : 0))
    }

    @Test func aBadPageChangesNothing() throws {
        for name in ["bad_person+roster", "same_cursor+roster", "endless_roster+roster"] {
            let outcome = try run(HostileCase(name: name, kinds: []))
            #expect(outcome.rosterNews == 0, "\(name): the roster is never complete")
        }
        #expect(try run(HostileCase(name: "bad_person+people", kinds: [])).rosterPeople == 0)
        #expect(try run(HostileCase(name: "heavy_roster+people", kinds: [])).rosterPeople == 500)
    }

    @Test func aServerWithoutAClockGivesNoTime() throws {
        #expect(try run(HostileCase(name: "wrong_time+clock", kinds: [])).serverTimes == 0)
    }

    private func run(_ hostile: HostileCase) throws -> Outcome {
        let folder = try TemporaryFolder()
        let server = try HostileServer.shared.get()
        let child = Process()
        let output = Pipe()
        let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        child.executableURL = products.appendingPathComponent("sync-child")
        child.arguments = [
            folder.path, try server.address(), hostile.name, server.authority, "205", "3", "\(hostile.patience)",
        ]
        child.environment = ProcessInfo.processInfo.environment.merging(hostile.environment) { $1 }
        child.standardOutput = output
        try child.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        child.waitUntilExit()
        #expect(child.terminationReason == .exit && child.terminationStatus == 0)
        return try JSONDecoder().decode(Outcome.self, from: printed)
    }
}
