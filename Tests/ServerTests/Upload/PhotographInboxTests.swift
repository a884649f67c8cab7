import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct PhotographInboxTests {
    private static let beginning: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// A request whose body has begun and goes on when its source says so.
    private static func request(_ bytes: [UInt8] = beginning) async -> (request: Request, source: RequestBody.Source) {
        let (body, source) = RequestBody.makeStream()
        await source.yield(ByteBuffer(bytes: bytes))
        let head = HTTPRequest(
            method: .post, scheme: "https", authority: "localhost", path: "/",
            headerFields: [.contentType: "image/jpeg"])
        return (Request(head: head, body: body), source)
    }

    private static func wait(for count: Int, in inbox: PhotographInbox) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while inbox.count(of: .upload) != count, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(inbox.count(of: .upload) == count)
    }

    @Test func aPictureIsReadWholeAndHasItsPlaceUntilItIsDoneWith() async throws {
        let inbox = PhotographInbox()
        let (request, source) = await Self.request()
        await source.yield(ByteBuffer(bytes: [1, 2]))
        source.finish()
        let read = try await inbox.withPhotograph(in: request, from: "a", for: .upload) { photograph in
            #expect(inbox.count(of: .upload) == 1)
            return photograph
        }
        #expect(read == Self.beginning + [1, 2])
        #expect(inbox.count(of: .upload) == 0)
    }

    @Test func aPictureThatDoesNotComeIsGivenUp() async throws {
        let inbox = PhotographInbox(patience: .milliseconds(200))
        let (request, source) = await Self.request()
        let problem = await #expect(throws: Problem.self) {
            try await inbox.withPhotograph(in: request, from: "a", for: .upload) { _ in }
        }
        #expect(problem?.status == .requestTimeout)
        #expect(inbox.count(of: .upload) == 0)
        source.finish()
    }

    @Test func whatIsRefusedGivesItsPlaceBack() async throws {
        let inbox = PhotographInbox()
        for bytes in [[1, 2, 3], Self.beginning + [UInt8](repeating: 0, count: 11 << 20)] {
            let (request, source) = await Self.request(bytes)
            source.finish()
            await #expect(throws: Problem.self) {
                try await inbox.withPhotograph(in: request, from: "a", for: .upload) { _ in }
            }
        }
        #expect(inbox.count(of: .upload) == 0)
    }

    /// Slow pictures of one sender take some of the places, those of many take all of them.
    @Test func oneSenderKeepsNobodyOut() async throws {
        let inbox = PhotographInbox(patience: .seconds(600))
        var sources: [RequestBody.Source] = []
        var slow: [Task<Void, any Error>] = []
        func begin(_ sender: String) async {
            let (request, source) = await Self.request()
            sources.append(source)
            slow.append(Task { try await inbox.withPhotograph(in: request, from: sender, for: .upload) { _ in } })
        }
        func isRefused(_ sender: String) async throws -> Bool {
            let (request, source) = await Self.request()
            source.finish()
            do {
                try await inbox.withPhotograph(in: request, from: sender, for: .upload) { _ in }
                return false
            } catch let problem as Problem {
                #expect(problem.status == .serviceUnavailable && problem.headers[.retryAfter] != nil)
                return true
            }
        }
        for _ in 0..<3 { await begin("a") }
        try await Self.wait(for: 3, in: inbox)
        #expect(try await isRefused("a"))
        #expect(try await !isRefused("b"))
        for sender in ["b", "b", "c", "c", "d"] { await begin(sender) }
        try await Self.wait(for: 8, in: inbox)
        #expect(try await isRefused("e"), "all together have a limit too")
        for source in sources { source.finish() }
        for task in slow { try await task.value }
        #expect(inbox.count(of: .upload) == 0)
        #expect(try await !isRefused("a"))
    }
}
