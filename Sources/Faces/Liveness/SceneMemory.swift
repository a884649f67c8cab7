import Capture

/// What a camera that hangs at its place sees while nobody is there. Whoever comes covers head and shoulders of it; a
/// sheet or a screen that is brought covers what is beside and above the head as well.
///
/// A running mean (Piccardi, IEEE SMC 2004, section 2.1) of reduced frames without a face. A cell is learned where two
/// frames, some time apart and both without a face, agree: what moves is not. Once the scene is known, frames wait a while
/// before they are learned, and are forgotten when a face is found: what came in, or lit up, shortly before is what carries
/// it. Holds at most 400 kB.
public struct SceneMemory: Sendable {
    /// Between two frames that are learned: until the scene is known, and later.
    private static let interval: (first: Duration, later: Duration) = (.milliseconds(400), .seconds(1))
    /// How long a frame waits for a face to be found in what it shows.
    private static let quarantine: Duration = .milliseconds(1200)
    /// How often a cell is to be seen.
    static let leastCount: UInt8 = 2
    /// A mean over no more frames than this follows the light of a day.
    private static let most: UInt8 = 16
    /// Luma levels by which two frames may differ in a cell of this brightness, and agree.
    private static func tolerance(_ brightness: Float) -> Float { 5 + 0.05 * brightness }

    private(set) var scene = ReducedFrame()
    /// For each cell how often it was learned, up to `most`.
    private(set) var counts: [UInt8] = []
    private var latest: ReducedFrame.Packed?
    private var waiting: [(frame: ReducedFrame.Packed, time: Duration)] = []
    private var scratch = ReducedFrame()
    private var latestTime: Duration?

    /// Nothing seen.
    public init() {}

    /// Whether most of the scene has been known; of single cells that have just changed nothing is said.
    public private(set) var isKnown = false

    /// Takes in a frame in which no face was found. Costs next to nothing before the time for the next one has come.
    /// - Parameter time: the frame's capture time.
    public mutating func learn(_ frame: Frame, time: Duration) {
        guard frame.width >= 64, frame.height >= 64 else { return }
        if let latestTime, time - latestTime < (isKnown ? Self.interval.later : Self.interval.first) { return }
        scratch.reduce(frame)
        scratch.reduceColour(frame)
        latestTime = time
        let isOther = scratch.columns != scene.columns || scratch.rows != scene.rows
        if isOther || scratch.hasColour != scene.hasColour {
            scene = scratch
            counts = [UInt8](repeating: 0, count: scratch.means.count)
            isKnown = false
            (latest, waiting) = (nil, [])
        }
        guard isKnown else {
            settle(scratch.packed)
            return
        }
        waiting.append((scratch.packed, time))
        while let first = waiting.first, time - first.time >= Self.quarantine { settle(waiting.removeFirst().frame) }
    }

    /// A face is there: what was seen last may be what carries it.
    public mutating func forgetLatest() {
        (waiting, latestTime) = ([], nil)
        // Of a known scene the last that was learned is older than what is forgotten.
        if !isKnown { latest = nil }
    }

    /// Learns the frame before `frame`, where the two agree.
    private mutating func settle(_ frame: ReducedFrame.Packed) {
        defer { latest = frame }
        guard let latest else { return }
        var known = 0
        for index in counts.indices {
            let (before, now) = (Float(latest.means[index]), Float(frame.means[index]))
            if abs(now - before) <= Self.tolerance(before) {
                let value = (before + now) / 2
                // Something else stands there now, a lamp went on, or the camera was moved: begun anew.
                let isOther = abs(value - scene.means[index]) > 2 * Self.tolerance(value)
                let count = isOther ? 1 : min(counts[index] + 1, Self.most)
                scene.means[index] += (value - scene.means[index]) / Float(count)
                counts[index] = count
            }
            if counts[index] >= Self.leastCount { known += 1 }
        }
        learnColour(latest, frame)
        isKnown = isKnown || 10 * known >= 6 * counts.count
    }

    /// The colours of cells whose brightness was learned: as often, from the upper left of the four that one stands for.
    private mutating func learnColour(_ before: ReducedFrame.Packed, _ now: ReducedFrame.Packed) {
        guard scene.hasColour else { return }
        let columns = scene.columns / 2
        for index in scene.u.indices {
            let cell = 2 * (index / columns) * scene.columns + 2 * (index % columns)
            let (old, new) = (Float(before.means[cell]), Float(now.means[cell]))
            guard abs(new - old) <= Self.tolerance(old) else { continue }
            let count = Float(max(1, counts[cell]))
            let u = (Float(before.u[index]) + Float(now.u[index])) / 2 - 128
            let v = (Float(before.v[index]) + Float(now.v[index])) / 2 - 128
            scene.u[index] += (u - scene.u[index]) / count
            scene.v[index] += (v - scene.v[index]) / count
        }
    }
}
