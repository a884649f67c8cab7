import Faces
import Testing

struct LookPaceTests {
    /// Capture times of the frames that are looked at, in milliseconds, of a scene that is idle as `isIdle` says.
    private func looks(rate: Int, seconds: Int, isIdle: (Duration) -> Bool) -> [Double] {
        var pace = LookPace()
        var looks: [Double] = []
        for index in 0..<rate * seconds {
            let time = Duration.seconds(100) + .seconds(Double(index) / Double(rate))
            guard time >= pace.nextLook else { continue }
            looks.append((time - .seconds(100)) / .milliseconds(1))
            pace.looked(at: time, isIdle: isIdle(time))
        }
        return looks
    }

    @Test func whereSomethingMovesEveryFrameIsLookedAt() {
        #expect(looks(rate: 15, seconds: 2) { _ in false }.count == 30)
    }

    @Test(arguments: [(15, 10, 201.0), (30, 12, 167), (10, 10, 201), (5, 10, 201), (60, 14, 168)])
    func anIdleSceneIsLookedAtNowAndThen(rate: Int, most: Int, gap: Double) {
        let looks = looks(rate: rate, seconds: 2) { _ in true }
        #expect(looks.count <= most)
        #expect(zip(looks, looks.dropFirst()).allSatisfy { $1 - $0 <= gap })
    }

    /// Somebody comes in with any frame: the look that shows them is less than the interval later, and then none is missed.
    @Test(arguments: [10, 15, 25, 30])
    func whoComesInIsSeenWithinTheInterval(rate: Int) {
        for index in 1..<rate {
            let entry = Duration.seconds(100) + .seconds(Double(index) / Double(rate))
            let looks = looks(rate: rate, seconds: 3) { $0 < entry }
            let seen = looks.filter { $0 >= Double(index) * 1000 / Double(rate) - 0.001 }
            #expect((seen.first ?? .infinity) - Double(index) * 1000 / Double(rate) < 150)
            #expect(zip(seen, seen.dropFirst()).allSatisfy { $1 - $0 < 1001 / Double(rate) })
        }
    }
}
