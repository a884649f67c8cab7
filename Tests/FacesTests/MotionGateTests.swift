import Faces
import TestSupport
import Testing

struct MotionGateTests {
    static let width = 320
    static let height = 240

    /// A scene with sensor noise and, if given, a bright square at a place.
    private func scene(seed: UInt64, level: Int = 100, square: (x: Int, y: Int)? = nil) -> [UInt8] {
        var random = SplitMix(seed: seed)
        var luma = (0..<Self.width * Self.height).map { index in
            UInt8(clamping: level + (index % Self.width) / 8 + Int.random(in: -6...6, using: &random))
        }
        if let square {
            for y in square.y..<min(square.y + 60, Self.height) {
                for x in square.x..<min(square.x + 60, Self.width) { luma[y * Self.width + x] = 220 }
            }
        }
        return luma
    }

    private func judge(_ gate: inout MotionGate, _ luma: [UInt8], _ time: Duration) -> MotionGate.Verdict {
        luma.withUnsafeBufferPointer {
            gate.judge(luma: $0, width: Self.width, height: Self.height, stride: Self.width, time: time)
        }
    }

    @Test func anEmptyNoisySceneIsStill() {
        var gate = MotionGate()
        let verdicts = (0..<150).map { judge(&gate, scene(seed: UInt64($0)), .milliseconds(66 * $0)) }
        #expect(verdicts[0] == .active)
        #expect(verdicts[20...].allSatisfy { $0 == .still })
    }

    @Test func lightThatChangesIsNotMotion() {
        var gate = MotionGate()
        let verdicts = (0..<120).map {
            judge(&gate, scene(seed: UInt64($0), level: 60 + $0 / 2), .milliseconds(66 * $0))
        }
        #expect(verdicts[20...].allSatisfy { $0 == .still })
    }

    @Test func somethingThatEntersOpensTheGateAndItClosesLater() {
        var gate = MotionGate()
        for frame in 0..<30 { _ = judge(&gate, scene(seed: UInt64(frame)), .milliseconds(66 * frame)) }
        for frame in 30..<60 {
            let luma = scene(seed: UInt64(frame), square: (x: 4 * (frame - 30), y: 90))
            let verdict = judge(&gate, luma, .milliseconds(66 * frame))
            #expect(verdict == .active)
        }
        let after = (60..<90).map { judge(&gate, scene(seed: UInt64($0)), .milliseconds(66 * $0)) }
        #expect(after.first == .active)
        #expect(after.last == .still)
    }

    @Test func somebodyWhoComesSlowlyIsMotion() {
        var gate = MotionGate()
        for frame in 0..<30 { _ = judge(&gate, scene(seed: UInt64(frame)), .milliseconds(66 * frame)) }
        // A third of a pixel a frame: five pixels a second.
        let verdicts = (30..<120).map {
            judge(&gate, scene(seed: UInt64($0), square: (x: 100 + ($0 - 30) / 3, y: 90)), .milliseconds(66 * $0))
        }
        #expect(verdicts.allSatisfy { $0 == .active })
    }

    @Test func aThingLeftBehindIsNotMotionForLong() {
        var gate = MotionGate()
        for frame in 0..<30 { _ = judge(&gate, scene(seed: UInt64(frame)), .milliseconds(66 * frame)) }
        let verdicts = (30..<75).map {
            judge(&gate, scene(seed: UInt64($0), square: (x: 100, y: 90)), .milliseconds(66 * $0))
        }
        #expect(verdicts.first == .active && verdicts.last == .still)
    }

    @Test func anotherSceneIsACut() {
        var gate = MotionGate()
        _ = judge(&gate, scene(seed: 1), .zero)
        let other = (0..<Self.width * Self.height).map { UInt8(truncatingIfNeeded: ($0 / 40) * 53) }
        let verdicts = [66, 132].map { judge(&gate, other, .milliseconds($0)) }
        #expect(verdicts == [.cut, .active])
    }

    @Test func whatMovesIsWhereItIs() {
        var gate = MotionGate()
        _ = judge(&gate, scene(seed: 1), .zero)
        #expect(!gate.moving.contains(false), "of the first frame nothing is known")
        _ = judge(&gate, scene(seed: 2), .milliseconds(66))
        #expect(!gate.moving.contains(true))
        _ = judge(&gate, scene(seed: 3, square: (x: 100, y: 90)), .milliseconds(132))
        // A cell is ten pixels wide and ten high.
        for row in 0..<MotionGate.rows {
            for column in 0..<MotionGate.columns {
                let isInside = (10..<16).contains(column) && (9..<15).contains(row)
                #expect(gate.moving[row * MotionGate.columns + column] == isInside)
            }
        }
    }

    @Test func hostileSizesAreActiveAndHarmless() {
        var gate = MotionGate()
        let luma = [UInt8](repeating: 0, count: 100)
        for (width, height, stride) in [(0, 0, 0), (10, 10, 10), (320, 240, 320), (1, 100, 1)] {
            let verdict = luma.withUnsafeBufferPointer {
                gate.judge(luma: $0, width: width, height: height, stride: stride, time: .zero)
            }
            #expect(verdict == .active)
        }
    }
}
