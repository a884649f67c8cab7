/// The scene that `SceneMemory` knows, laid under a frame: by the motion of the camera, and under the light of the moment.
struct PlacedScene: Sendable {
    private let scene: ReducedFrame
    private let counts: [UInt8]
    /// From the scene to the frame, in cells.
    private let motion: AffineMotion
    private let gain: Float
    /// What a change of the white balance adds to all colours; nil where colours say nothing.
    private let tint: Tint?

    private static let samples = 4
    /// Luma levels of noise and of texture, squared.
    private static let floor: Float = 4
    private static let leastVariance: Float = 7
    /// A flat block is another if its brightness, apart from the whole scene's change, differs by this share.
    private static let level: Float = 0.25
    /// Correlation from which a block is known, and below which it is another.
    private static let known: Float = 0.65
    private static let other: Float = 0.45
    /// 128ths of the brightness by which another colour differs.
    private static let otherTint: Float = 6
    /// Brightness between which a colour can be told.
    private static let tellsColour: ClosedRange<Float> = 30...SceneMotion.white

    /// - Parameters:
    ///   - centre, width: the face's box in `current`, in cells.
    /// - Returns: nil while the scene is not known, or of another size.
    init?(_ memory: SceneMemory, under current: ReducedFrame, centre: (x: Float, y: Float), width: Float) {
        let scene = memory.scene
        guard memory.isKnown, scene.columns == current.columns, scene.rows == current.rows else { return nil }
        let found = scene.withCells { old in current.withCells { SceneMotion(old, $0, centre, width) } }
        self.init(scene: scene, counts: memory.counts, motion: found.motion, gain: found.gain, under: current)
    }

    init(
        scene: ReducedFrame, counts: [UInt8], motion: AffineMotion, gain: Float, under current: ReducedFrame
    ) {
        self.scene = scene
        self.counts = counts
        self.motion = motion
        self.gain = gain
        tint = scene.hasColour && current.hasColour ? Tint(between: scene, counts, current) : nil
    }

    /// A place of the frame in the scene: the motion leads the other way, and is turned around well enough as a shift.
    private func place(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
        let (mx, my) = motion(x, y)
        return (2 * x - mx, 2 * y - my)
    }

    /// Whether a block of the frame shows something else than the scene, by the correlation, which does not mind other light;
    /// nil where nobody can tell.
    /// - Parameters:
    ///   - x, y, half: the block's middle and half of its side, in cells of `current`.
    func isOther(_ current: ReducedFrame, _ x: Float, _ y: Float, _ half: Float) -> Bool? {
        scene.withCells { old in current.withCells { isOther(current, old, $0, x, y, half) } }
    }

    private func isOther(
        _ current: ReducedFrame, _ old: ReducedFrame.Cells, _ new: ReducedFrame.Cells, _ x: Float, _ y: Float,
        _ half: Float
    ) -> Bool? {
        let step = 2 * half / Float(Self.samples - 1)
        var (count, a, b, aa, ab, bb) = (Float(0), Float(0), Float(0), Float(0), Float(0), Float(0))
        for row in 0..<Self.samples {
            for column in 0..<Self.samples {
                let (u, v) = (x - half + Float(column) * step, y - half + Float(row) * step)
                let (ou, ov) = place(u, v)
                guard old.holds(ou, ov), new.holds(u, v) else { return nil }
                guard counts[Int(ov) * old.columns + Int(ou)] >= SceneMemory.leastCount else { continue }
                let (before, now) = (old.at(ou, ov), new.at(u, v))
                count += 1
                a += before
                b += now
                aa += before * before
                ab += before * now
                bb += now * now
            }
        }
        guard count >= 10 else { return nil }
        (a, b) = (a / count, b / count)
        if let tint, Self.tellsColour.contains(a), Self.tellsColour.contains(b) {
            let (then, now) = (
                Tint.of(scene, place(x, y), half, brightness: a), Tint.of(current, (x, y), half, brightness: b)
            )
            if now.distance(to: then, shifted: tint) > Self.otherTint { return true }
        }
        let (va, vb, cov) = (aa / count - a * a, bb / count - b * b, ab / count - a * b)
        // Cut off at white: no texture is left that could tell, and no brightness beyond it.
        if gain * a > SceneMotion.white { return b < 0.7 * SceneMotion.white ? true : nil }
        let share = abs(b - gain * a) / (gain * a + 24)
        // No lamp and no shadow does that, whatever the texture says: an edge of both may lie in the block.
        if share > 2 * Self.level { return true }
        let contrast = max(va * gain * gain, vb)
        if contrast < Self.leastVariance {
            // Flat both: only its brightness tells.
            return share > Self.level ? true : share < 0.4 * Self.level ? false : nil
        }
        let correlation = cov / ((va + Self.floor) * (vb + Self.floor)).squareRoot()
        if correlation > Self.known { return false }
        // Faint texture is lost in noise before it is another.
        return correlation < Self.other && (contrast > 3 * Self.leastVariance || share > Self.level) ? true : nil
    }

    /// Whether the scene's brightness changes at a place of the frame, within a cell, the same way at least half as much.
    func hasEdge(_ x: Int, _ y: Int, isUpright: Bool, change: Float) -> Bool {
        let found = place(Float(x), Float(y))
        let (column, row) = (Int(found.x.rounded()), Int(found.y.rounded()))
        guard column >= 2, row >= 2, column < scene.columns - 2, row < scene.rows - 2 else { return true }
        let across = isUpright ? 1 : scene.columns
        let index = row * scene.columns + column
        for near in [index - across, index, index + across] {
            let its = gain * (scene.means[near + across] - scene.means[near - across])
            if its * change > 0, abs(its) > 0.5 * abs(change) { return true }
        }
        return false
    }
}
