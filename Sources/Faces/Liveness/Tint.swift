import CImages

/// A colour without its brightness: U and V in 128ths of the brightness, so that a shadow or a lamp changes nothing of it.
struct Tint: Sendable {
    let u: Float
    let v: Float

    /// More than a camera's white balance changes while somebody walks by: beyond it another lamp shines, and nothing is said.
    private static let mostShift: Float = 3
    /// Luma levels that are added to the brightness: in the dark there is no colour.
    private static let dark: Float = 24

    private init(u: Float, v: Float) {
        self.u = u
        self.v = v
    }

    private init(u: Float, v: Float, brightness: Float) {
        let scale = 128 / (brightness + Self.dark)
        self.init(u: scale * u, v: scale * v)
    }

    /// The tint of a block.
    /// - Parameters:
    ///   - middle, half: in cells of `frame`; the block lies inside of it.
    static func of(
        _ frame: ReducedFrame, _ middle: (x: Float, y: Float), _ half: Float, brightness: Float
    ) -> Tint {
        let (columns, rows) = (frame.columns / 2, frame.rows / 2)
        var (u, v) = (Float(0), Float(0))
        for row in 0..<2 {
            for column in 0..<2 {
                let x = min(columns - 1, max(0, Int((middle.x + (Float(column) - 0.5) * half + 0.5) / 2)))
                let y = min(rows - 1, max(0, Int((middle.y + (Float(row) - 0.5) * half + 0.5) / 2)))
                u += frame.u[y * columns + x]
                v += frame.v[y * columns + x]
            }
        }
        return Tint(u: u / 4, v: v / 4, brightness: brightness)
    }

    /// What most of a scene's cells changed by; nil where that is more than the white balance does.
    init?(between scene: ReducedFrame, _ counts: [UInt8], _ current: ReducedFrame) {
        let columns = scene.columns / 2
        var (us, vs): ([Float], [Float]) = ([], [])
        for row in stride(from: 1, to: scene.rows / 2 - 1, by: 3) {
            for column in stride(from: 1, to: columns - 1, by: 3) {
                let (index, cell) = (row * columns + column, 2 * row * scene.columns + 2 * column)
                let (a, b) = (scene.means[cell], current.means[cell])
                guard counts[cell] >= SceneMemory.leastCount, min(a, b) > 30, max(a, b) < SceneMotion.white else {
                    continue
                }
                let before = Tint(u: scene.u[index], v: scene.v[index], brightness: a)
                let now = Tint(u: current.u[index], v: current.v[index], brightness: b)
                us.append(now.u - before.u)
                vs.append(now.v - before.v)
            }
        }
        guard us.count >= 50 else {
            self.init(u: 0, v: 0)
            return
        }
        self.init(u: images_median(&us, us.count), v: images_median(&vs, vs.count))
        guard abs(u) <= Self.mostShift, abs(v) <= Self.mostShift else { return nil }
    }

    /// How far this one is from another, when all of a frame is shifted.
    func distance(to before: Tint, shifted shift: Tint) -> Float {
        let (du, dv) = (u - before.u - shift.u, v - before.v - shift.v)
        return (du * du + dv * dv).squareRoot()
    }
}
