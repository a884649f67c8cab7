import Faces
import TestSupport

/// The motion gate alone, on a still and noisy scene.
struct GateBench {
    let rounds: Int

    func run(_ show: (Row) -> Void) {
        for (width, height) in [(640, 480), (1280, 720)] {
            var random = SplitMix(seed: 1)
            let luma = (0..<width * height).map { _ in UInt8.random(in: 96...104, using: &random) }
            var gate = MotionGate()
            var time: Duration = .zero
            show(
                measure("motion gate \(width)x\(height)", unit: "frame", rounds: 10 * rounds) {
                    time += .milliseconds(66)
                    _ = luma.withUnsafeBufferPointer {
                        gate.judge(luma: $0, width: width, height: height, stride: width, time: time)
                    }
                })
        }
    }
}
