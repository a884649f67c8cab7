/// Reflections on glass or gloss: how much of a head and of what is right around it is white.
struct FaceLight: Sendable {
    /// Luma that counts as white, in the range of video.
    private static let white: Float = 228

    private var looks = 0.0
    private var sum = 0.0

    mutating func add(_ frame: ReducedFrame, centre: (x: Float, y: Float), width: Float) {
        let step = max(1, width / 24)
        var (count, white) = (0.0, 0.0)
        frame.withCells { cells in
            var v = -0.8 * width
            while v <= 0.7 * width {
                var u = -0.6 * width
                while u <= 0.6 * width {
                    let (x, y) = (centre.x + u, centre.y + v)
                    if cells.holds(x, y) {
                        count += 1
                        if cells.at(x, y) >= Self.white { white += 1 }
                    }
                    u += step
                }
                v += step
            }
        }
        guard count >= 50 else { return }
        looks += 1
        sum += white / count
    }

    /// The mean share, 0 to 1.
    var saturated: Double { looks > 0 ? sum / looks : 0 }
}
