import Synchronization
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct LoginLimitsTests {
    private static func limits(near: Int = 3, everywhere: Int = 5, network: Int = 8) -> LoginLimits {
        func limits(_ failures: Int) -> FailureWindows.Limits { .init(failures: failures, window: .seconds(3600)) }
        return LoginLimits(near: limits(near), everywhere: limits(everywhere), network: limits(network))
    }

    /// Whether the password was looked at.
    private func isTried(
        _ limits: LoginLimits, _ account: String, from network: String, isRight: Bool = false
    ) async throws -> Bool {
        do {
            _ = try await limits.attempt(account, from: network) { isRight ? true : nil }
            return true
        } catch let problem as Problem {
            #expect(problem.status == .tooManyRequests && problem.headers[.retryAfter] != nil)
            return false
        }
    }

    /// All of them ask before the first one is answered.
    @Test func manyTriesAtOnceAreNoWayAround() async throws {
        let limits = Self.limits()
        let (end, finish) = AsyncStream<Void>.makeStream()
        let gate = Task { for await _ in end {} }
        let (asked, ask) = AsyncStream<Void>.makeStream()
        let tried = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await limits.attempt("ada", from: "a") { () -> Bool? in
                            ask.yield()
                            await gate.value
                            return nil
                        }
                        return true
                    } catch is Problem {
                        ask.yield()
                        return false
                    }
                }
            }
            var count = 0
            for await _ in asked {
                count += 1
                if count == 20 { break }
            }
            finish.finish()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(tried.count { $0 } == 3)
    }

    @Test func aRightPasswordAndAFaultOfTheServerCountForNothing() async throws {
        struct Fault: Error {}
        let limits = Self.limits()
        for _ in 0..<10 { #expect(try await isTried(limits, "ada", from: "a", isRight: true)) }
        for _ in 0..<10 {
            await #expect(throws: Fault.self) {
                _ = try await limits.attempt("ada", from: "a") { () -> Bool? in throw Fault() }
            }
        }
        for _ in 0..<3 { #expect(try await isTried(limits, "ada", from: "a")) }
        #expect(try await !isTried(limits, "ada", from: "a", isRight: true))
    }

    @Test func anAccountHasALimitNearAndEverywhere() async throws {
        let limits = Self.limits(network: 100)
        for _ in 0..<3 { #expect(try await isTried(limits, "ada", from: "a")) }
        #expect(try await !isTried(limits, "ada", from: "a"))
        for _ in 0..<2 { #expect(try await isTried(limits, "ada", from: "b")) }
        #expect(try await !isTried(limits, "ada", from: "c"), "five from everywhere")
        #expect(try await isTried(limits, "bob", from: "a"), "another account")
    }

    /// One password for many accounts.
    @Test func aNetworkHasALimitForAllAccounts() async throws {
        let limits = Self.limits()
        for number in 0..<8 { #expect(try await isTried(limits, "account \(number)", from: "a")) }
        #expect(try await !isTried(limits, "account 8", from: "a"))
        #expect(try await isTried(limits, "account 8", from: "b"))
    }
}
