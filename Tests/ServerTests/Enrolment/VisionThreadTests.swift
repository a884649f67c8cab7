import Faces
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct VisionThreadTests {
    let vision = VisionThread(models: ModelPack(folder: "/nonexistent"))

    @Test func whoeverFindsTheQueueFullIsSentAway() async throws {
        let places = VisionThread.Visitor.upload.places
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let (end, finish) = AsyncStream<Void>.makeStream()
        let gate = Task { for await _ in end {} }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<places {
                group.addTask { [vision] in
                    try await vision.withPlace(for: .upload) {
                        arrived.yield()
                        await gate.value
                    }
                }
            }
            var waiting = 0
            for await _ in arrivals {
                waiting += 1
                if waiting == places { break }
            }
            let problem = await #expect(throws: Problem.self) { try await vision.withPlace(for: .upload) {} }
            #expect(problem?.status == .serviceUnavailable && problem?.headers[.retryAfter] != nil)
            try await vision.withPlace(for: .staff) {}
            finish.finish()
            try await group.waitForAll()
        }
        try await vision.withPlace(for: .upload) {}
    }

    @Test func aPlaceIsGivenBackAfterAFailure() async throws {
        struct Failure: Error {}
        for _ in 0..<VisionThread.Visitor.upload.places * 2 {
            await #expect(throws: Failure.self) { try await vision.withPlace(for: .upload) { throw Failure() } }
        }
    }

    private final class Count: Sendable {
        let value = Mutex(0)
    }

    @Test func oneAfterAnother() async throws {
        let inside = Count()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { [vision] in
                    try await vision.run {
                        inside.value.withLock { $0 += 1 }
                        usleep(2000)
                        return inside.value.withLock { count in
                            defer { count -= 1 }
                            return count
                        }
                    }
                }
            }
            for try await together in group { #expect(together == 1) }
        }
    }

    @Test func whyItFailedIsInTheLogAndNotInTheAnswer() async throws {
        let lines = LogLines()
        let router = Router(context: ServerRequestContext.self)
        router.add(middleware: ProblemMiddleware())
        router.get("/look") { _, _ -> HTTPResponse.Status in
            throw EnrolmentError.vision(.failed(stage: "the descriptor", reason: "no memory")).answer
        }
        let logger = Logger(label: "test") { _ in LogCollector(lines: lines) }
        let answer = try await Application(router: router, logger: logger).test(.router) { client in
            try await client.execute(uri: "/look", method: .get)
        }
        #expect(answer.status == .internalServerError)
        #expect(!String(buffer: answer.body).contains("no memory"))
        let why = "the descriptor failed on a frame: no memory"
        #expect(lines.all.contains { $0.hasPrefix("error ") && $0.contains(why) })
    }

    @Test func modelsThatAreMissingAreTheServersFault() async throws {
        let error = await #expect(throws: ServerError.self) { try await vision.look { _ in } }
        guard case .models = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
