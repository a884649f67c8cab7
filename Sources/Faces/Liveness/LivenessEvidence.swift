import Capture

#if canImport(Glibc)
    import Glibc
#endif

/// Signs that a track's face is alive or shown: on paper, on a phone, on a monitor. A track feeds it with every look that
/// has landmarks; it costs a millisecond a look.
public struct LivenessEvidence: Sendable {
    /// Looks from which there is a score.
    public static let leastLooks = 5
    /// Time from the first look to the last from which there is a score.
    public static let leastTime: Duration = .milliseconds(400)
    /// Age from which the frame that others are compared with is replaced.
    private static let keyAge: Duration = .milliseconds(300)
    /// How often straight edges are looked for: they are the dearest measure and change least.
    private static let edgeInterval: Duration = .milliseconds(250)
    /// How often the surroundings are compared with the known scene.
    private static let sceneInterval: Duration = .milliseconds(120)
    /// Comparisons with the scene from which they count.
    private static let leastSceneLooks = 3
    /// Where a pattern is looked for beside the face, in widths of its box.
    private static let besideFace = 0.8

    private var current = ReducedFrame()
    private var key = ReducedFrame()
    private var keyFace: (centre: (x: Float, y: Float), width: Float)?
    private var keyTime: Duration = .zero
    private var keyPoints: [(x: Float, y: Float)] = []
    private var points: [(x: Float, y: Float)] = []
    private var registration = FaceRegistration()
    private var pattern = ScreenPattern()
    private var shape = ShapeSeries()
    private var firstLook: Duration?
    private var lastLook: Duration = .zero
    private var lastEdges: Duration?

    private var blocks = ContextMotion.Result()
    private var comparisons = 0.0
    private var motion = 0.0
    private var leftOverNoise = 0.0
    private var bands = 0.0
    private var bandsBeside = 0.0
    private var bandLooks = 0.0
    private var edges = SurroundingEdges.Coverage()
    private var around = 0.0
    private var all = 0.0
    private var edgeLooks = 0.0
    private var gains = ShapeSeries.Series()
    private var light = FaceLight()
    private var held = HeldEdges()
    private var scene = SceneSeries()
    private var lastScene: Duration?
    private var unplaced = UnplacedLooks()
    /// Looks so far.
    public private(set) var looks = 0

    /// Evidence of nothing.
    public init() {}

    /// Adds one look.
    /// - Parameters:
    ///   - landmarks: of the face in `frame`.
    ///   - box: where the detector saw it.
    ///   - time: the frame's capture time; never goes back.
    ///   - memory: the scene without anybody, if the camera hangs at its place.
    public mutating func add(
        _ frame: Frame, landmarks: Landmarks, box: FaceBox, time: Duration, memory: SceneMemory? = nil
    ) {
        guard frame.width >= 64, frame.height >= 64, box.width > 0 else { return }
        if firstLook == nil { firstLook = time }
        lastLook = time
        looks += 1
        current.reduce(frame)
        shape.add(landmarks)
        points.removeAll(keepingCapacity: true)
        for point in landmarks.points { points.append(current.place(point)) }
        let face = Self.face(of: landmarks, in: current)
        lookForPattern(frame, landmarks)
        light.add(current, centre: face.centre, width: face.width)
        let (left, right) = (current.place(landmarks.leftEye), current.place(landmarks.rightEye))
        held.add(current, centre: face.centre, width: face.width, turn: (right.x - left.x, right.y - left.y))
        lookForEdges(face, time)
        let known = memory.flatMap { lookAtScene($0, frame, face, time) }
        guard let keyFace, key.columns == current.columns, key.rows == current.rows, time - keyTime < .seconds(2) else {
            takeKey(face, time)
            return
        }
        compare(keyFace, known)
        if time - keyTime >= Self.keyAge { takeKey(face, time) }
    }

    /// At the face at every second look, at its left and right in between.
    private mutating func lookForPattern(_ frame: Frame, _ landmarks: Landmarks) {
        let middle = Self.middle(of: landmarks)
        let place: ScreenPattern.Place = looks % 2 == 1 ? .face : looks % 4 == 0 ? .left : .right
        let aside = max(Double(ScreenPattern.side), Self.besideFace * 3.1 * landmarks.interEyeDistance)
        let shift = place == .face ? 0 : place == .left ? -aside : aside
        frame.withLuma { luma in
            pattern.add(
                place, luma: luma, width: frame.width, height: frame.height, stride: frame.lumaStride,
                x: Int(middle.x + shift), y: Int(middle.y))
        }
    }

    /// Without a frame to compare with; as small as it gets.
    public mutating func forgetKey() {
        (key, current) = (ReducedFrame(), ReducedFrame())
        keyFace = nil
    }

    private mutating func takeKey(_ face: (centre: (x: Float, y: Float), width: Float), _ time: Duration) {
        swap(&key, &current)
        swap(&keyPoints, &points)
        keyFace = face
        keyTime = time
    }

    private mutating func compare(_ keyFace: (centre: (x: Float, y: Float), width: Float), _ known: PlacedScene?) {
        guard let guess = AffineMotion(from: keyPoints, to: points, count: points.count),
            let found = registration.register(
                key: key, current: current, centre: keyFace.centre, width: keyFace.width, guess: guess)
        else { return }
        let context = ContextMotion.compare(
            key: key, current: current, centre: keyFace.centre, width: keyFace.width, face: found.motion, known: known)
        comparisons += 1
        blocks.carriedNear += context.carriedNear
        blocks.stayingNear += context.stayingNear
        blocks.carriedFar += context.carriedFar
        blocks.stayingFar += context.stayingFar
        blocks.carriedOther += context.carriedOther
        blocks.stayingKnown += context.stayingKnown
        blocks.stayingOther += context.stayingOther
        motion += Double(logf(0.1 + context.motion))
        leftOverNoise += Double(logf((found.residual + 0.3) / (context.noise + 0.3)))
        bands += Double(logf(found.rowsOverColumns))
        if let common = context.bands {
            bandsBeside += Double(common)
            bandLooks += 1
        }
        gains.add(Double(logf(max(found.gain, 0.1) / max(context.gain, 0.1))))
    }

    private mutating func lookForEdges(_ face: (centre: (x: Float, y: Float), width: Float), _ time: Duration) {
        if let lastEdges, time - lastEdges < Self.edgeInterval { return }
        lastEdges = time
        let seen = SurroundingEdges.coverage(current, centre: face.centre, width: face.width)
        edgeLooks += 1
        edges.left += seen.left
        edges.right += seen.right
        edges.top += seen.top
        edges.bottom += seen.bottom
        // The weakest but one of the four sides: a picture may be cut off by the frame's border on one.
        around += Double(seen.second)
        all += Double(seen.weakest)
    }

    private mutating func lookAtScene(
        _ memory: SceneMemory, _ frame: Frame, _ face: (centre: (x: Float, y: Float), width: Float), _ time: Duration
    ) -> PlacedScene? {
        if let lastScene, time - lastScene < Self.sceneInterval { return nil }
        lastScene = time
        guard memory.isKnown || unplaced.isDue() else { return nil }
        current.reduceColour(frame)
        guard memory.isKnown else {
            unplaced.keep(current, centre: face.centre, width: face.width)
            return nil
        }
        settle(in: memory)
        return compare(current, with: memory, face)
    }

    @discardableResult private mutating func compare(
        _ frame: ReducedFrame, with memory: SceneMemory, _ face: (centre: (x: Float, y: Float), width: Float)
    ) -> PlacedScene? {
        let placed = PlacedScene(memory, under: frame, centre: face.centre, width: face.width)
        guard let placed else { return nil }
        // Edges at every third comparison.
        scene.add(
            SceneChange(placed, frame, centre: face.centre, width: face.width, withEdges: scene.looks % 3 == 0))
        return placed
    }

    /// Whether some looks wait for the scene to be known: the terminal has just been started.
    public var awaitsScene: Bool { !unplaced.isEmpty }

    /// Compares what was seen before the scene was known with it. Does nothing until it is.
    /// - Parameter memory: the scene without anybody.
    public mutating func settle(in memory: SceneMemory) {
        guard memory.isKnown, !unplaced.isEmpty else { return }
        for look in unplaced.looks {
            compare(ReducedFrame(look.frame), with: memory, (look.centre, look.width))
        }
        unplaced = UnplacedLooks()
    }

    /// The face as dlib's box would frame it, but still from look to look: the box grows in steps of a fifth.
    private static func face(
        of landmarks: Landmarks, in frame: ReducedFrame
    ) -> (centre: (x: Float, y: Float), width: Float) {
        let middle = frame.place(middle(of: landmarks))
        return (middle, Float(landmarks.interEyeDistance * 3.1 / frame.cell))
    }

    private static func middle(of landmarks: Landmarks) -> Point {
        Point.mean(of: [landmarks.leftEye, landmarks.rightEye, landmarks.mouth, landmarks.noseTip])
    }

    /// The numbers that the model weighs; nil when too little was seen.
    public var measures: LivenessMeasures? {
        guard let firstLook, looks >= Self.leastLooks, lastLook - firstLook >= Self.leastTime, comparisons >= 2,
            edgeLooks > 0
        else { return nil }
        let carried = blocks.carriedNear + blocks.carriedFar
        let staying = blocks.stayingNear + blocks.stayingFar
        let above = LivenessMeasures.above
        let moved = held.weight
        // The search is dear, and says nothing of a face that hardly moved.
        let outline = moved > 0 ? held.outline : HeldEdges.Outline()
        let values = [
            motion / comparisons,
            log((blocks.carriedNear + 2) / (blocks.stayingNear + 2)),
            carried / (carried + staying + 6),
            staying / (carried + staying + 6),
            leftOverNoise / comparisons,
            log(shape.leftOver.mean + 0.003),
            log(shape.noseAcross.spread + shape.noseDown.spread + 0.005),
            shape.noseAcross.roughness,
            shape.noseDown.roughness,
            log(shape.eyes.spread + 0.005),
            shape.eyes.mean - shape.eyes.least,
            log(shape.mouth.spread + 0.005),
            above(0.4, Double(edges.top) / edgeLooks),
            above(0.4, Double(min(edges.left, edges.right)) / edgeLooks),
            above(0.5, around / edgeLooks),
            above(0.35, all / edgeLooks),
            moved * Double(outline.frame),
            moved * Double(outline.corner),
            above(1.1, pattern.peakInFace ?? 0),
            above(1.2, pattern.peakInBoth ?? 0),
            above(0.6, bands / comparisons),
            above(-5.4, log(max(0, bandsBeside / max(bandLooks, 1)).squareRoot() + 0.002)),
            above(-4, log(gains.spread + 0.003)),
            light.saturated,
        ]
        let withScene = [
            log((blocks.carriedOther + 2) / (blocks.stayingKnown + 2)),
            blocks.stayingOther / (blocks.stayingOther + blocks.stayingKnown + 6),
        ]
        return LivenessMeasures(
            values: values + scene.values + withScene, knowsScene: scene.looks >= Self.leastSceneLooks)
    }
}
