/// Looks at a face before the terminal knows its scene: they are compared with it afterwards, when whoever was there has
/// gone. Holds at most 460 kB, and no longer than the walk-by that it belongs to.
struct UnplacedLooks: Sendable {
    struct Look: Sendable {
        let frame: ReducedFrame.Packed
        /// The face's box, in cells.
        let centre: (x: Float, y: Float)
        let width: Float
    }

    /// As many as are kept: then every other is dropped, and so is every other that comes.
    private static let most = 16

    private(set) var looks: [Look] = []
    private var stride = 1
    private var skipped = 0

    var isEmpty: Bool { looks.isEmpty }

    /// Whether this look is one to be kept; the more there were, the fewer are.
    mutating func isDue() -> Bool {
        skipped += 1
        guard skipped >= stride else { return false }
        skipped = 0
        return true
    }

    mutating func keep(_ frame: ReducedFrame, centre: (x: Float, y: Float), width: Float) {
        if looks.count == Self.most {
            looks = looks.indices.filter { $0 % 2 == 0 }.map { looks[$0] }
            stride *= 2
        }
        looks.append(Look(frame: frame.packed, centre: centre, width: width))
    }
}
