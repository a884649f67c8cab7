/// One face followed through consecutive frames.
public struct FaceTrack: Sendable, Equatable {
    /// Counts up from 1 for the life of a tracker.
    public let id: UInt64
    /// Where the face was last found, in pixels.
    public internal(set) var box: FaceBox
    /// Capture time of the first frame in which it was found.
    public let firstSeen: Duration
    /// Capture time of the last frame in which it was found.
    public internal(set) var lastSeen: Duration
    /// Frames in which the face was found.
    public internal(set) var hits = 1
    /// The face was found far from where it was in the frame before: somebody else may have come in its place.
    public internal(set) var hasJumped = false
    /// Pixels a second.
    var velocity = Point(x: 0, y: 0)

    /// Where the face should be at `time` if it goes on as it went.
    public func expected(at time: Duration) -> FaceBox {
        let seconds = min(0.5, max(0, (time - lastSeen) / .seconds(1)))
        return box.moved(x: velocity.x * seconds, y: velocity.y * seconds)
    }
}

/// Joins detections into tracks: one face, one track, through short misses. Greedy by overlap of the expected place with
/// the found one, which is enough where people are few and frames are many (Bochinski et al., AVSS 2017).
public struct FaceTracker: Sendable {
    /// When a detection belongs to a track.
    public struct Options: Sendable, Equatable {
        /// Intersection over union of the expected and the found box.
        public var minimumOverlap = 0.2
        /// Intersection over union with the last box below which a face has jumped.
        public var jumpOverlap = 0.5
        /// How long a face may be missed, or three looks where a look takes longer than that allows.
        public var patience: Duration = .milliseconds(700)
        /// How long a face may be missed at most, however long a look takes.
        public var longestPatience: Duration = .seconds(5)

        /// The defaults, which suit a door at 15 frames/s.
        public init() {}
    }

    /// What a frame's detections did to the tracks.
    public struct Update: Sendable, Equatable {
        /// Tracks that were seen in this frame, new ones included.
        public var seen: [FaceTrack] = []
        /// Tracks that ended.
        public var ended: [FaceTrack] = []
    }

    private let options: Options
    private var lastID: UInt64 = 0
    private var lastLook: Duration?
    /// From look to look, the last two times.
    private var intervals: (last: Duration, before: Duration) = (.zero, .zero)
    /// Tracks that are still followed.
    public private(set) var tracks: [FaceTrack] = []

    /// A tracker without tracks.
    public init(options: Options = Options()) { self.options = options }

    /// Gives every detection of a frame to the track it belongs to, or to a new one.
    public mutating func update(boxes: [FaceBox], time: Duration) -> Update {
        var update = Update()
        // First of all, or a track from before a gap would take over whoever stands there after it.
        update.ended = expire(at: time)
        learnPace(at: time)
        var free = Set(boxes.indices)
        var unseen = Set(tracks.indices)
        let pairs = tracks.indices.flatMap { track in
            let expected = tracks[track].expected(at: time)
            return boxes.indices.map { (track: track, box: $0, overlap: expected.overlap(with: boxes[$0])) }
        }
        for pair in pairs.sorted(by: { $0.overlap > $1.overlap }) where pair.overlap >= options.minimumOverlap {
            guard unseen.contains(pair.track), free.contains(pair.box) else { continue }
            unseen.remove(pair.track)
            free.remove(pair.box)
            follow(pair.track, to: boxes[pair.box], time: time)
            update.seen.append(tracks[pair.track])
        }
        for index in free.sorted() { update.seen.append(begin(boxes[index], time: time)) }
        return update
    }

    /// Ends every track: the source ended.
    public mutating func endAll() -> [FaceTrack] {
        defer { tracks = [] }
        return tracks
    }

    /// Ends a track whose face turned out to be another person's, and begins a new one in its place.
    public mutating func split(_ id: UInt64, time: Duration) -> (ended: FaceTrack, begun: FaceTrack)? {
        guard let index = tracks.firstIndex(where: { $0.id == id }) else { return nil }
        let ended = tracks.remove(at: index)
        return (ended, begin(ended.box, time: time))
    }

    private mutating func begin(_ box: FaceBox, time: Duration) -> FaceTrack {
        lastID += 1
        let track = FaceTrack(id: lastID, box: box, firstSeen: time, lastSeen: time)
        tracks.append(track)
        return track
    }

    private mutating func follow(_ index: Int, to box: FaceBox, time: Duration) {
        let seconds = (time - tracks[index].lastSeen) / .seconds(1)
        if seconds > 0 {
            let from = tracks[index].box.centre
            let to = box.centre
            // Half old, half new: the detector's box jumps by a pyramid level now and then.
            tracks[index].velocity.x = 0.5 * tracks[index].velocity.x + 0.5 * (to.x - from.x) / seconds
            tracks[index].velocity.y = 0.5 * tracks[index].velocity.y + 0.5 * (to.y - from.y) / seconds
        }
        tracks[index].hasJumped = box.overlap(with: tracks[index].box) < options.jumpOverlap
        tracks[index].box = box
        tracks[index].lastSeen = time
        tracks[index].hits += 1
    }

    private mutating func expire(at time: Duration) -> [FaceTrack] {
        // The shorter of two intervals: one gap alone does not make the looks slow.
        let pace = min(intervals.last, intervals.before)
        let patience = max(options.patience, min(pace * 3, options.longestPatience))
        let ended = tracks.filter { time - $0.lastSeen > patience }
        tracks.removeAll { time - $0.lastSeen > patience }
        return ended
    }

    private mutating func learnPace(at time: Duration) {
        if let lastLook { intervals = (time - lastLook, intervals.last) }
        lastLook = time
    }
}
