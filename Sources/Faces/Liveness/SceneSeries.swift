/// What a track's looks say about the scene around it, as means over those that could see it.
struct SceneSeries: Sendable {
    /// A share that speaks neither for a living face nor against one.
    static let neutral: Float = 0.35

    /// Begun with one look that says nothing, so that what was hardly seen says little.
    private struct Mean: Sendable {
        private var sum: Double
        private var count = 1.0

        init(_ neutral: Float = SceneSeries.neutral) { sum = Double(neutral) }

        mutating func add(_ value: Float?) {
            guard let value else { return }
            sum += Double(value)
            count += 1
        }

        var value: Double { sum / count }
    }

    private(set) var looks = 0
    private var near = Mean()
    private var sides = Mean()
    private var above = Mean()
    private var around = Mean()
    private var far = Mean()
    private var top = Mean()
    private var edgeSides = Mean()
    private var second = Mean()
    private var all = Mean()
    private var oneSide = Mean()
    private var corner = Mean()
    private var oneEdge = Mean()
    private var corners = Mean()
    /// Hidden, as by most who stand there.
    private var body = Mean(0.8)

    mutating func add(_ change: SceneChange) {
        looks += 1
        near.add(change.near)
        sides.add(change.sides)
        above.add(change.above)
        if let sides = change.sides { around.add(change.above.map { min($0, sides) } ?? sides) }
        far.add(change.far)
        oneSide.add(change.oneSide)
        corners.add(change.corners)
        body.add(change.body)
        guard let edges = change.edges else { return }
        top.add(edges.top)
        edgeSides.add(min(edges.left, edges.right))
        second.add(edges.second)
        all.add(edges.weakest)
        // Top and one side: a screen that reaches out of the view.
        oneEdge.add(max(edges.left, edges.right))
        corner.add(min(edges.top, max(edges.left, edges.right)))
    }

    /// In the order of `LivenessMeasures.kinds`.
    var values: [Double] {
        [
            near.value, sides.value, above.value, around.value, far.value, top.value, edgeSides.value, second.value,
            all.value, oneSide.value, corner.value, oneEdge.value,
            corners.value, body.value,
        ]
    }
}
