import Capture

/// Where faces are looked for in one frame.
public enum FaceSearch: Sendable, Equatable {
    /// One part of a frame, and the side of the least face that is looked for in it.
    public struct Region: Sendable, Equatable {
        /// Within the frame.
        public var rectangle: PixelRectangle
        /// Pixels.
        public var minimumFace: Int
    }

    /// The whole frame.
    case everywhere
    /// Around the faces that are followed.
    case near([Region])
}

/// Decides where to look. Who is followed is looked for around the place where they should be and at about their size, at
/// a fraction of the price of the whole frame; newcomers are found by a look at the whole frame, which comes at least every
/// `interval` and as soon as something moves that does not belong to anybody who is followed.
public struct SearchPlan: Sendable {
    /// How far the plan trusts the tracks.
    public struct Options: Sendable, Equatable {
        /// The longest time from one look at the whole frame to the next while there are tracks.
        public var interval: Duration = .milliseconds(250)
        /// What a region reaches beyond the expected face on each side, in sides of the face.
        public var margin = 0.5
        /// Least face that is looked for in a region, as share of the face's last side. The detector's boxes grow in steps of
        /// a fifth.
        public var leastShare = 0.7
        /// Cells of the motion gate's grid that must move where nobody is followed.
        public var strayCells = 2
        /// Share of the frame from which regions are not worth their trouble.
        public var mostShare = 0.6

        /// The defaults, which suit a door at 15 frames/s.
        public init() {}
    }

    private let options: Options
    private var lastEverywhere: Duration?

    /// A plan that begins with a look at the whole frame.
    public init(options: Options = Options()) { self.options = options }

    /// Where to look in the frame of `time`.
    /// - Parameters:
    ///   - tracks: who is followed.
    ///   - moving: the motion gate's cells.
    public mutating func next(
        tracks: [FaceTrack], moving: [Bool], width: Int, height: Int, time: Duration
    ) -> FaceSearch {
        let frame = FaceBox(left: 0, top: 0, right: width - 1, bottom: height - 1)
        let regions = Self.merged(tracks.compactMap { region(of: $0, in: frame, at: time) })
        let area = regions.reduce(0) { $0 + $1.rectangle.width * $1.rectangle.height }
        let isDue = lastEverywhere.map { time - $0 >= options.interval } ?? true
        if regions.isEmpty || isDue || Double(area) > options.mostShare * Double(frame.area)
            || movesElsewhere(tracks, moving, frame)
        {
            lastEverywhere = time
            return .everywhere
        }
        return .near(regions)
    }

    private func region(of track: FaceTrack, in frame: FaceBox, at time: Duration) -> FaceSearch.Region? {
        let expected = track.expected(at: time)
        let side = Double(expected.width)
        // The longer the face was not seen, the further it may be: half of its side in a tenth of a second, at most twice it.
        let reach = Int(side * (options.margin + min(1.5, max(0, (time - track.lastSeen) / .seconds(1) - 0.07) * 5)))
        let wanted = FaceBox(
            left: max(0, expected.left - reach), top: max(0, expected.top - reach),
            right: min(frame.right, expected.right + reach), bottom: min(frame.bottom, expected.bottom + reach))
        guard wanted.width > 0, wanted.height > 0 else { return nil }
        return FaceSearch.Region(
            rectangle: PixelRectangle(
                left: wanted.left, top: wanted.top, width: wanted.width, height: wanted.height),
            minimumFace: Int(side * options.leastShare))
    }

    /// True when cells move that belong to nobody: neither face nor the body below it.
    private func movesElsewhere(_ tracks: [FaceTrack], _ moving: [Bool], _ frame: FaceBox) -> Bool {
        let columns = MotionGate.columns
        let people = tracks.map { track in
            let side = track.box.width
            return FaceBox(
                left: track.box.left - side * 3 / 2, top: track.box.top - side, right: track.box.right + side * 3 / 2,
                bottom: frame.bottom)
        }
        var stray = 0
        for (cell, isMoving) in moving.enumerated() where isMoving {
            let x = (2 * (cell % columns) + 1) * frame.width / (2 * columns)
            let y = (2 * (cell / columns) + 1) * frame.height / (2 * MotionGate.rows)
            let isSomebodys = people.contains { $0.left <= x && x <= $0.right && $0.top <= y && y <= $0.bottom }
            if !isSomebodys { stray += 1 }
        }
        return stray >= options.strayCells
    }

    /// Regions that overlap become one where that is no more to search.
    private static func merged(_ regions: [FaceSearch.Region]) -> [FaceSearch.Region] {
        var merged: [FaceSearch.Region] = []
        for region in regions {
            var region = region
            while let other = merged.firstIndex(where: { region.pays(with: $0) }) {
                region.absorb(merged.remove(at: other))
            }
            merged.append(region)
        }
        return merged
    }
}

extension FaceSearch.Region {
    private func union(with other: Self) -> PixelRectangle {
        let a = rectangle
        let b = other.rectangle
        let left = min(a.left, b.left)
        let top = min(a.top, b.top)
        return PixelRectangle(
            left: left, top: top, width: max(a.left + a.width, b.left + b.width) - left,
            height: max(a.top + a.height, b.top + b.height) - top)
    }

    fileprivate func pays(with other: Self) -> Bool {
        let all = union(with: other)
        return all.width * all.height
            <= rectangle.width * rectangle.height + other.rectangle.width * other.rectangle.height
    }

    fileprivate mutating func absorb(_ other: Self) {
        rectangle = union(with: other)
        minimumFace = min(minimumFace, other.minimumFace)
    }
}
