import CImages

/// Decides whether a frame needs to be looked at, and where something moves: an empty, still scene costs one pass over
/// half of its rows and no detection.
///
/// The frame is reduced to a grid of mean brightness, and the grid is compared with that of half a second to a second
/// ago, after the common change of brightness (exposure, a cloud) is taken out: slow enough that somebody who comes
/// slowly is motion, quick enough that a bag left behind is not motion for long. Somebody who stands quite still is
/// followed by their track, not by the gate. A jump of most of the grid from one frame to the next is a cut:
/// another clip, a camera that was knocked, or somebody who fills the picture. Whether a face goes on is then to be seen.
public struct MotionGate: Sendable {
    /// What a frame means to the stages behind the gate.
    public enum Verdict: Sendable, Equatable {
        /// Nothing has moved for a while: no work.
        case still
        /// Something moves or has just moved.
        case active
        /// Most of the scene changed at once: active, and whoever was followed may be somebody else now.
        case cut
    }

    /// How the gate decides; brightness in luma levels (0 to 255).
    public struct Options: Sendable, Equatable {
        /// Change of a cell's mean that counts as motion.
        public var cellChange: Float = 6
        /// Cells that must have changed.
        public var cells = 3
        /// How long the gate stays open after the last motion.
        public var hold: Duration = .seconds(1)
        /// The least age of the grid that a frame is compared with; the greatest is twice that.
        public var referenceAge: Duration = .milliseconds(500)
        /// Share of cells that change at once in a cut.
        public var cutShare: Float = 0.6

        /// The defaults, which suit a door at 15 frames/s.
        public init() {}
    }

    /// Cells of the grid, across and down.
    public static let columns = 32, rows = 24

    private let options: Options
    private var current = [Float](repeating: 0, count: columns * rows)
    private var previous: [Float] = []
    private var reference: [Float] = []
    private var nextReference: [Float] = []
    private var nextReferenceTime: Duration = .zero
    private var differences: [Float] = []
    private var ordered: [Float] = []
    private var line: [UInt16] = []
    private var size = (width: 0, height: 0)
    private var lastMotion: Duration = .zero

    /// For each cell of the grid, row by row, whether it changed since the frame before; all of them after a cut.
    public private(set) var moving = [Bool](repeating: false, count: columns * rows)

    /// A gate that has seen nothing: its first frame is active.
    public init(options: Options = Options()) { self.options = options }

    /// Looks at one frame.
    /// - Parameters:
    ///   - luma: `height` rows of `stride` bytes.
    ///   - time: the frame's capture time; never goes back.
    public mutating func judge(
        luma: UnsafeBufferPointer<UInt8>, width: Int, height: Int, stride: Int, time: Duration
    ) -> Verdict {
        guard width >= Self.columns, height >= Self.rows, luma.count >= (height - 1) * stride + width else {
            return .active
        }
        reduce(luma, width: width, height: height, stride: stride)
        let isFirst = previous.isEmpty
        let isCut =
            !isFirst
            && (size != (width, height) || changedSincePrevious() >= Int(options.cutShare * Float(current.count)))
        if isFirst || isCut {
            size = (width, height)
            previous = current
            reference = current
            nextReference = current
            nextReferenceTime = time
            lastMotion = time
            for cell in moving.indices { moving[cell] = true }
            return isFirst ? .active : .cut
        }
        if changed(from: reference) >= options.cells { lastMotion = time }
        swap(&previous, &current)
        if time - nextReferenceTime >= options.referenceAge {
            swap(&reference, &nextReference)
            nextReference.replaceSubrange(nextReference.indices, with: previous)
            nextReferenceTime = time
        }
        return time - lastMotion <= options.hold ? .active : .still
    }

    /// Notes which cells differ from the frame before, and counts them.
    private mutating func changedSincePrevious() -> Int {
        let count = changed(from: previous)
        for cell in moving.indices { moving[cell] = abs(differences[cell]) > options.cellChange }
        return count
    }

    /// Cells whose brightness differs by more than the common change; the common change is the median difference.
    /// Leaves the differences in `differences`, the common change taken out.
    private mutating func changed(from other: [Float]) -> Int {
        differences.removeAll(keepingCapacity: true)
        for index in current.indices { differences.append(current[index] - other[index]) }
        ordered.replaceSubrange(ordered.indices, with: differences)
        let common = ordered.withUnsafeMutableBufferPointer { images_median($0.baseAddress, $0.count) }
        var count = 0
        for index in differences.indices {
            differences[index] -= common
            if abs(differences[index]) > options.cellChange { count += 1 }
        }
        return count
    }

    /// Means over the grid's cells, of every second row.
    private mutating func reduce(_ luma: UnsafeBufferPointer<UInt8>, width: Int, height: Int, stride: Int) {
        if line.count < width { line = [UInt16](repeating: 0, count: width) }
        images_grid(
            luma.baseAddress, Int32(width), Int32(height), stride, Int32(Self.columns), Int32(Self.rows), &line,
            &current)
    }
}
