import Testing

@testable import Capture

@Suite struct CameraHealthTests {
    private func sample(_ mean: Double, _ hash: UInt64) -> LumaSample { LumaSample(mean: mean, hash: hash) }

    /// Feeds one frame a second with different content, and notes the changes of state.
    private func changes(_ health: inout CameraHealth, means: [Double], from second: Int) -> [String] {
        means.enumerated().compactMap { i, mean in
            health.observe(sample(mean, UInt64(second + i)), at: .seconds(second + i)).map {
                "\(second + i) \($0.name)"
            }
        }
    }

    @Test func lightGoesAndComes() {
        var health = CameraHealth()
        #expect(health.state == .opening)
        #expect(changes(&health, means: [100, 100], from: 0) == ["0 ok"])
        #expect(changes(&health, means: [20, 20, 20, 20, 20], from: 2) == [])
        #expect(changes(&health, means: [20, 20], from: 7) == ["7 dark"])
        #expect(changes(&health, means: [27, 23, 27], from: 9) == [], "twilight is no recovery")
        #expect(changes(&health, means: [29, 27, 27, 27, 27, 27, 27], from: 12) == ["12 ok"], "and no new darkness")
        #expect(changes(&health, means: [10, 10, 30, 10, 10, 10, 10, 30], from: 20) == [], "a short darkness is none")
    }

    @Test func theSamePictureAgainAndAgain() {
        var health = CameraHealth()
        var events: [String] = []
        for second in 0..<20 {
            let hash: UInt64 = second < 3 ? UInt64(second) : second < 15 ? 99 : UInt64(second)
            if let state = health.observe(sample(90, hash), at: .seconds(second)) {
                events.append("\(second) \(state.name)")
            }
        }
        #expect(events == ["0 ok", "8 frozen", "15 ok"])
    }

    @Test func aCoveredLensIsDarkAndNotFrozen() {
        var health = CameraHealth()
        var events: [String] = []
        for second in 0..<9 {
            if let state = health.observe(sample(16, 1), at: .seconds(second)) { events.append(state.name) }
        }
        #expect(events == ["ok", "dark"])
    }

    @Test func aFaultIsOneEventHoweverLongItLasts() {
        var health = CameraHealth()
        _ = health.observe(sample(90, 1), at: .zero)
        let lost = CaptureError.deviceLost(device: "/dev/video0", reason: "No such device")
        let missing = CaptureError.noSuchDevice(device: "/dev/video0", present: [])
        #expect(health.fail(lost, at: .seconds(1)) == .lost(lost))
        #expect(health.fail(lost, at: .seconds(2)) == nil)
        let silent = CaptureError.noFrames(device: "/dev/video0", seconds: 3)
        #expect(health.fail(silent, at: .seconds(20)) == .noFrames(seconds: 3))
        #expect(health.fail(silent, at: .seconds(23)) == nil)
        #expect(health.fail(missing, at: .seconds(24)) == .lost(missing))
        #expect(health.observe(sample(90, 1), at: .seconds(60)) == .ok, "content from before the fault proves nothing")
        #expect(health.observe(sample(90, 1), at: .seconds(66)) == .frozen)
    }

    @Test func oneOldFrameDoesNotMakeASilentCameraWell() {
        var health = CameraHealth()
        let silent = CaptureError.noFrames(device: "/dev/video0", seconds: 3)
        #expect(health.observe(sample(90, 1), at: .zero) == .ok)
        #expect(health.fail(silent, at: .seconds(5)) == .noFrames(seconds: 3))
        #expect(health.observe(sample(90, 1), at: .seconds(6)) == nil)
        #expect(health.fail(silent, at: .seconds(11)) == nil)
        #expect(health.observe(sample(90, 1), at: .seconds(12)) == nil)
        #expect(health.observe(sample(90, 2), at: .seconds(12.5)) == nil)
        #expect(health.observe(sample(90, 3), at: .seconds(13)) == .ok)
    }

    @Test func anotherFaultOfALostCameraIsSaidWhenItLasts() {
        var health = CameraHealth()
        let lost = CaptureError.deviceLost(device: "/dev/video0", reason: "No such device")
        let missing = CaptureError.noSuchDevice(device: "/dev/video0", present: [])
        let forbidden = CaptureError.noPermission(path: "/dev/video0", group: "video")
        #expect(health.fail(lost, at: .seconds(1)) == .lost(lost))
        #expect(health.fail(missing, at: .seconds(2)) == nil)
        #expect(health.fail(.noSuchDevice(device: "/dev/video0", present: ["/dev/video1"]), at: .seconds(4)) == nil)
        #expect(health.fail(missing, at: .seconds(5)) == .lost(missing))
        #expect(health.fail(forbidden, at: .seconds(6)) == nil)
        #expect(health.observe(sample(90, 1), at: .seconds(7)) == .ok, "forbidden only until udev had given its group")
        #expect(health.fail(missing, at: .seconds(8)) == .lost(missing))
    }

    @Test func everyStateSaysWhatToDo() {
        for state in [CameraState.dark, .frozen, .noFrames(seconds: 3), .lost(.noFrames(device: "x", seconds: 1))] {
            #expect(state.description.contains(":"))
            #expect(!state.description.contains("\n"))
        }
    }

    @Test func samplesOfFrames() throws {
        var pixels = [UInt8](repeating: 40, count: 64 * 48)
        let grey = LumaSample(try Frame(luma: pixels, width: 64, height: 48))
        #expect(grey.mean == 40)
        #expect(grey == LumaSample(try Frame(luma: pixels, width: 64, height: 48)))
        pixels[8 * 64 + 16] = 41
        #expect(grey.hash != LumaSample(try Frame(luma: pixels, width: 64, height: 48)).hash)
        #expect(LumaSample(Frame()).mean == 0)
    }
}
