/// What around a face is still the scene that `SceneMemory` knows, by the correlation of blocks, which does not mind other
/// light. A living person covers none of it beside and above the head; others who stand there cover one side, seldom all.
struct SceneChange: Sendable {
    /// Shares of blocks that are another scene, 0 to 1: right beside the head, further beside, above, of the two sides that
    /// with less, or what one says by half where the frame ends on the other; nil where it ends on both.
    private(set) var near: Float?
    private(set) var sides: Float?
    private(set) var above: Float?
    /// Right beside the head, of the two sides that with more.
    private(set) var oneSide: Float?
    /// Above the temples, of the two sides that with less: a head is round, and a picture that is cut off close to it is not.
    private(set) var corners: Float?
    /// Below the chin: a living person hides it, and what is held up may end there.
    private(set) var body: Float?
    /// Of the whole frame apart from the face's surroundings.
    private(set) var far: Float?
    /// Straight edges that the scene has not, if they were looked for.
    private(set) var edges: SurroundingEdges.Coverage?

    /// In widths of the face's box from its middle.
    private static let nearZone: (ClosedRange<Float>, ClosedRange<Float>) = (0.65...0.95, -0.7...0.3)
    private static let sideZone: (ClosedRange<Float>, ClosedRange<Float>) = (0.95...1.7, -0.9...0.25)
    private static let aboveZone: (ClosedRange<Float>, ClosedRange<Float>) = (-0.8...0.8, -1.9 ... -1.15)
    private static let cornerZone: (ClosedRange<Float>, ClosedRange<Float>) = (0.4...0.75, -1.1 ... -0.5)
    private static let bodyZone: (ClosedRange<Float>, ClosedRange<Float>) = (-0.7...0.7, 1.05...1.65)
    /// Side of a block.
    private static let side: Float = 0.2

    /// - Parameters:
    ///   - centre, width: the face's box in `current`, in cells.
    ///   - withEdges: they are the dearest part.
    init(
        _ scene: PlacedScene, _ current: ReducedFrame, centre: (x: Float, y: Float), width: Float,
        withEdges: Bool = true
    ) {
        let blocks = Blocks(scene: scene, current: current, centre: centre, width: width)
        let nearest = blocks.sides(Self.nearZone)
        near = Self.weaker(nearest)
        oneSide = [nearest.left, nearest.right].compactMap(\.self).max()
        sides = Self.weaker(blocks.sides(Self.sideZone))
        above = blocks.share(Self.aboveZone.0, Self.aboveZone.1)
        corners = Self.weaker(blocks.sides(Self.cornerZone, least: 3))
        body = blocks.share(Self.bodyZone.0, Self.bodyZone.1, least: 6)
        far = blocks.far()
        if withEdges { edges = SurroundingEdges.coverage(current, centre: centre, width: width, known: scene) }
    }

    private static func weaker(_ sides: (left: Float?, right: Float?)) -> Float? {
        if let left = sides.left, let right = sides.right { return min(left, right) }
        // What the other side would show is not known.
        return (sides.left ?? sides.right).map { ($0 + SceneSeries.neutral) / 2 }
    }

    /// The blocks around a face.
    private struct Blocks {
        let scene: PlacedScene
        let current: ReducedFrame
        let centre: (x: Float, y: Float)
        let width: Float

        /// The same zone at the face's left and right.
        func sides(
            _ zone: (ClosedRange<Float>, ClosedRange<Float>), least: Float = 4
        ) -> (left: Float?, right: Float?) {
            (
                share(-zone.0.upperBound ... -zone.0.lowerBound, zone.1, least: least),
                share(zone.0, zone.1, least: least)
            )
        }

        /// The share of a zone that is another scene; nil for fewer than `least` blocks that say something.
        func share(_ across: ClosedRange<Float>, _ down: ClosedRange<Float>, least: Float = 4) -> Float? {
            var (others, all) = (Float(0), Float(0))
            var v = down.lowerBound + side / 2
            while v < down.upperBound {
                var u = across.lowerBound + side / 2
                while u < across.upperBound {
                    let half = max(2, side * width / 2)
                    if let isOther = scene.isOther(current, centre.x + u * width, centre.y + v * width, half) {
                        all += 1
                        others += isOther ? 1 : 0
                    }
                    u += side * 0.75
                }
                v += side
            }
            return all >= least ? others / all : nil
        }

        func far() -> Float? {
            var (others, all) = (Float(0), Float(0))
            for row in stride(from: 6, to: current.rows - 5, by: 8) {
                for column in stride(from: 6, to: current.columns - 5, by: 8) {
                    let (u, v) = ((Float(column) - centre.x) / width, (Float(row) - centre.y) / width)
                    guard v < 0.3, abs(u) > 1.9 || v < -2 else { continue }
                    if let isOther = scene.isOther(current, Float(column), Float(row), 4) {
                        all += 1
                        others += isOther ? 1 : 0
                    }
                }
            }
            return all >= 12 ? others / all : nil
        }
    }
}
