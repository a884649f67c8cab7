/// Time from one frame to the next, in seconds, as drivers say it.
public struct FrameInterval: Sendable, Hashable {
    /// Seconds × denominator.
    public var numerator: UInt32
    /// Parts of a second.
    public var denominator: UInt32

    /// An interval of `numerator / denominator` seconds.
    public init(_ numerator: UInt32, _ denominator: UInt32) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The rate; 0 for an impossible interval.
    public var framesPerSecond: Double { numerator == 0 ? 0 : Double(denominator) / Double(numerator) }
}

/// One combination of format, size and rate that a camera offers.
public struct CameraMode: Sendable, Hashable, CustomStringConvertible {
    /// Pixel format.
    public var format: FourCC
    /// Width in pixels.
    public var width: Int
    /// Height in pixels.
    public var height: Int
    /// Time between frames; nil when the driver does not say.
    public var interval: FrameInterval?

    /// A mode from its parts.
    public init(format: FourCC, width: Int, height: Int, interval: FrameInterval?) {
        self.format = format
        self.width = width
        self.height = height
        self.interval = interval
    }

    /// Such as `YUYV 640x480 30/s`.
    public var description: String {
        let rate = interval.map { " \(($0.framesPerSecond * 10).rounded() / 10)/s" } ?? ""
        return "\(format) \(width)x\(height)\(rate)"
    }

    /// Chooses among what a camera offers.
    ///
    /// Only modes in a format that can be read count, with the format, width and height asked for. Of those, the first
    /// difference decides:
    /// 1. the rate wanted is reached (98 % will do; a rate that the driver does not say is believed), or more tenths of it are;
    /// 2. the size lies within 640x480 to 1280x720: enough for a face at a door, and not more than a small board can look at;
    /// 3. within, more pixels see a face from farther; outside, the fewer pixels away from those bounds the better;
    /// 4. the format: raw colour, then MJPEG, then grey, then what must be converted;
    /// 5. a rate just above the one wanted (a camera exposes longer, and nothing is thrown away), else the highest.
    public static func best(of modes: [CameraMode], for options: CameraOptions) -> CameraMode? {
        modes
            .filter { mode in
                mode.format.isReadable && (16...8192).contains(mode.width) && (16...8192).contains(mode.height)
                    && options.format ?? mode.format == mode.format
                    && options.width ?? mode.width == mode.width && options.height ?? mode.height == mode.height
            }
            .max { $0.merit(options.framesPerSecond).lexicographicallyPrecedes($1.merit(options.framesPerSecond)) }
    }

    /// Each format with its least and largest size, as `YUYV 160x120 to 1280x720`, in the camera's order. A format that would be
    /// refused is marked.
    public static func summary(of modes: [CameraMode]) -> [String] {
        var formats: [FourCC] = []
        for mode in modes where !formats.contains(mode.format) { formats.append(mode.format) }
        return formats.map { format in
            let sizes = modes.filter { $0.format == format }.map { ($0.width * $0.height, "\($0.width)x\($0.height)") }
            let least = sizes.min { $0.0 < $1.0 }?.1 ?? ""
            let most = sizes.max { $0.0 < $1.0 }?.1 ?? ""
            return "\(format) \(least)" + (least == most ? "" : " to \(most)")
                + (format.isReadable ? "" : " (unreadable)")
        }
    }

    /// What to tell who asked for something that is not offered: the formats, or the sizes of the format asked for with the
    /// highest rate of each.
    static func offers(_ modes: [CameraMode], for options: CameraOptions) -> [String] {
        let readable = modes.filter { $0.format.isReadable }
        let ofFormat = readable.filter { options.format == nil || $0.format == options.format }
        var lines: [String] = []
        if ofFormat.isEmpty {
            for mode in readable.isEmpty ? modes : readable where !lines.contains(mode.format.description) {
                lines.append(mode.format.description)
            }
            return lines
        }
        var seen: Set<CameraMode> = []
        for mode in ofFormat.sorted(by: { $0.interval?.framesPerSecond ?? 0 > $1.interval?.framesPerSecond ?? 0 }) {
            var size = mode
            size.interval = nil
            if seen.insert(size).inserted { lines.append(mode.description) }
        }
        return lines
    }

    /// Figures of merit in the order of the rule; larger is better.
    private func merit(_ wantedRate: Double) -> [Double] {
        let rate = interval?.framesPerSecond ?? wantedRate
        let reaches = rate >= 0.98 * wantedRate
        let tenths = reaches ? 10 : (10 * rate / wantedRate).rounded(.down)
        let isWithin = (640...1280).contains(width) && (480...720).contains(height)
        let pixels = width * height
        let away = pixels < 640 * 480 ? 640 * 480 - pixels : pixels - 1280 * 720
        let place =
            NativeFormat(format).flatMap { NativeFormat.allCases.firstIndex(of: $0) } ?? NativeFormat.allCases.count
        return [
            tenths, isWithin ? 1 : 0, Double(isWithin ? pixels : -abs(away)), -Double(place), reaches ? -rate : rate,
        ]
    }
}

/// Sizes that a driver offers as a range.
struct SizeRange: Equatable {
    var width: ClosedRange<Int>
    var height: ClosedRange<Int>
    var widthStep: Int
    var heightStep: Int

    /// The sizes of the range that are worth asking for: the one wanted, the usual ones, and the nearest to them.
    func candidates(width wantedWidth: Int?, height wantedHeight: Int?) -> [(width: Int, height: Int)] {
        let usual = [(640, 480), (800, 600), (960, 540), (960, 720), (1280, 720), (1920, 1080), (320, 240)]
        var result: [(width: Int, height: Int)] = []
        for (usualWidth, usualHeight) in usual {
            let size = (
                width: Self.nearest(wantedWidth ?? usualWidth, width, widthStep),
                height: Self.nearest(wantedHeight ?? usualHeight, height, heightStep)
            )
            if !result.contains(where: { $0 == size }) { result.append(size) }
        }
        return result
    }

    private static func nearest(_ value: Int, _ range: ClosedRange<Int>, _ step: Int) -> Int {
        let inside = min(max(value, range.lowerBound), range.upperBound)
        return inside - (inside - range.lowerBound) % max(step, 1)
    }
}

/// Intervals that a driver offers as a range.
struct IntervalRange: Equatable {
    var shortest: FrameInterval
    var longest: FrameInterval

    /// The interval of the rate wanted where it lies inside, and the shortest.
    func candidates(framesPerSecond: Double) -> [FrameInterval] {
        guard framesPerSecond > longest.framesPerSecond, framesPerSecond < shortest.framesPerSecond else {
            return framesPerSecond <= longest.framesPerSecond ? [longest, shortest] : [shortest]
        }
        return [FrameInterval(1000, UInt32((framesPerSecond * 1000).rounded())), shortest]
    }
}
