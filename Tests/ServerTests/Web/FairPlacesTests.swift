import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct FairPlacesTests {
    private struct Failure: Error {}

    private let places = FairPlaces(together: 3, each: 2)

    private func isFree(_ sender: String) async throws -> Bool {
        do {
            try await places.hold(for: sender, otherwise: .busy) {}
            return true
        } catch is Problem {
            return false
        }
    }

    @Test func eachHasSomeAndAllHaveSoMany() async throws {
        try await places.hold(for: "a", otherwise: .busy) {
            #expect(try await isFree("a"))
            try await places.hold(for: "a", otherwise: .busy) {
                #expect(places.count == 2)
                #expect(try await !isFree("a"))
                #expect(try await isFree("b"))
                let free = try await places.hold(for: "b", otherwise: .busy) {
                    [try await isFree("b"), try await isFree("c")]
                }
                #expect(free == [false, false], "three together")
                #expect(try await isFree("c"))
            }
        }
        #expect(places.count == 0)
    }

    @Test func aPlaceIsGivenBackAfterAFailure() async throws {
        for _ in 0..<9 {
            await #expect(throws: Failure.self) {
                try await places.hold(for: "a", otherwise: .busy) { throw Failure() }
            }
        }
        #expect(places.count == 0)
    }
}
