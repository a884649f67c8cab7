import Capture

/// What a camera that hangs at its place sees while nobody is there. Whoever comes covers head and shoulders of it; a
/// sheet or a screen that is brought covers what is beside and above the head as well.
///
/// A running mean (Piccardi, IEEE SMC 2004, section 2.1) of reduced frames without a face. A cell is learned where two
/// frames, some time apart and both without a face, agree: what moves is not, nor is what comes in right before its face is
/// found. Holds at most 200 kB.
public struct SceneMemory: Sendable {
    /// Between two frames that are learned.
    private static let interval: Duration = .milliseconds(400)
    /// How often a cell is to be seen.
    static let leastCount: UInt8 = 2
    /// A mean over no more frames than this follows the light of a day.
    private static let most: UInt8 = 16
    /// Luma levels, and share of the brightness, by which two frames agree.
    private static let agreement: (levels: Float, share: Float) = (5, 0.05)

    private(set) var scene = ReducedFrame()
    /// For each cell how often it was learned, up to `most`.
    private(set) var counts: [UInt8] = []
    private var latest: [UInt8] = []
    private var scratch = ReducedFrame()
    private var latestTime: Duration?

    /// Nothing seen.
    public init() {}

    /// Whether most of the scene is known.
    public private(set) var isKnown = false

    /// Takes in a frame in which no face was found. Costs next to nothing before the time for the next one has come.
    /// - Parameter time: the frame's capture time.
    public mutating func learn(_ frame: Frame, time: Duration) {
        guard frame.width >= 64, frame.height >= 64 else { return }
        if let latestTime, time - latestTime < Self.interval { return }
        scratch.reduce(frame)
        if scratch.columns != scene.columns || scratch.rows != scene.rows {
            scene = scratch
            counts = [UInt8](repeating: 0, count: scratch.means.count)
            latest = [UInt8](repeating: 0, count: scratch.means.count)
            latestTime = nil
            isKnown = false
        }
        if latestTime != nil { settle() }
        for index in latest.indices { latest[index] = UInt8(min(255, max(0, scratch.means[index] + 0.5))) }
        latestTime = time
    }

    /// A face is there: what was seen last may be what carries it.
    public mutating func forgetLatest() { latestTime = nil }

    /// Learns the frame before, where the one in `scratch` agrees with it.
    private mutating func settle() {
        var known = 0
        for index in counts.indices {
            let (before, now) = (Float(latest[index]), scratch.means[index])
            if abs(now - before) <= Self.agreement.levels + Self.agreement.share * before {
                let value = (before + now) / 2
                // Something else stands there now, a lamp went on, or the camera was moved: begun anew.
                let bound = 2 * (Self.agreement.levels + Self.agreement.share * value)
                let isOther = abs(value - scene.means[index]) > bound
                let count = isOther ? 1 : min(counts[index] + 1, Self.most)
                scene.means[index] += (value - scene.means[index]) / Float(count)
                counts[index] = count
            }
            if counts[index] >= Self.leastCount { known += 1 }
        }
        isKnown = 10 * known >= 6 * counts.count
    }
}
