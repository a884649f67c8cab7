/// When the next frame is worth a look. While something moves or somebody is followed, every frame is. While nothing
/// does, a few a second suffice, and a camera's JPEG pictures in between need not be decoded: that is what an empty scene
/// costs (docs/performance.md).
///
/// Whoever comes in is noticed later by less than `idleInterval`, and so is their mark, give or take a frame: for cameras
/// of 10 to 30 frames/s by one to four frames. Frames are told by their capture time, so that of a file the same ones are
/// looked at however fast it is played.
public struct LookPace: Sendable {
    /// How long may pass without a look.
    public struct Options: Sendable, Equatable {
        /// From a look at a scene in which nothing moves, how long frames are passed over: every third one of 15 frames/s
        /// is looked at, every fifth of 30. A picture of 140 kB takes 2.6 ms, and at most seven of them a second stay below
        /// 2 % of a core.
        public var idleInterval: Duration = .milliseconds(150)

        /// The defaults, which suit a door at 15 frames/s.
        public init() {}
    }

    private let options: Options
    /// Frames that were captured before this need no look.
    public private(set) var nextLook: Duration = .zero

    /// A pace that begins with the first frame.
    public init(options: Options = Options()) { self.options = options }

    /// Notes a look.
    /// - Parameters:
    ///   - time: the frame's capture time.
    ///   - isIdle: whether nothing moved and nobody was followed.
    public mutating func looked(at time: Duration, isIdle: Bool) {
        nextLook = isIdle ? time + options.idleInterval : .zero
    }
}
