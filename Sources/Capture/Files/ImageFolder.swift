/// The pictures of a folder, in the order of their names (byte by byte), at a given rate. They may differ in size.
public final class ImageFolder: FrameSource {
    /// What the folder is; the size is that of the last picture read.
    public private(set) var description: SourceDescription
    /// What became of the pictures.
    public private(set) var counters = FrameCounters()
    /// Why pictures were skipped: the first hundred reasons.
    public private(set) var damaged: [CaptureError] = []

    private let paths: [String]
    private let limits: ImageLimits
    private let stop: StopSignal?
    private let pace: Pace
    /// Time runs from the first picture that is asked for: whoever plays may have had much to load before.
    private lazy var pacer = Pacer(pace: pace, framesPerSecond: description.framesPerSecond, start: BootClock.now)
    private var index = 0

    /// Lists a folder's .jpg, .jpeg, .png, .pgm, .ppm and .pnm files.
    /// - Parameters:
    ///   - framesPerSecond: 0.01 to 1000.
    ///   - pace: in real time, pictures that are late by more than their duration are dropped and counted.
    ///   - stop: ends every wait.
    /// - Throws: `io`, `noPermission`, `noImages`, or `badStream` for an impossible rate.
    public init(
        path: String, framesPerSecond: Double, pace: Pace, limits: ImageLimits = ImageLimits(), stop: StopSignal? = nil
    ) throws(CaptureError) {
        guard (0.01...1000).contains(framesPerSecond) else {
            throw .badStream(file: path, position: "rate", reason: "\(framesPerSecond) frames/s is not 0.01 to 1000")
        }
        paths = try Self.pictures(in: path)
        self.limits = limits
        self.stop = stop
        self.pace = pace
        description = SourceDescription(
            name: path, width: 0, height: 0, framesPerSecond: framesPerSecond, format: "images", isLive: false)
    }

    /// Reads the next picture that can be read, in real time when it is due.
    public func next(into frame: Frame, notBefore earliest: Duration) throws(CaptureError) -> Bool {
        let late = min(pacer.overdue(at: BootClock.now, next: UInt64(index)), UInt64(paths.count - index))
        counters.dropped += late
        index += Int(late)
        while index < paths.count, pacer.time(of: UInt64(index)) < earliest {
            index += 1
            counters.passedOver += 1
        }
        while index < paths.count {
            guard pacer.waitFor(UInt64(index), stop: stop) else { return false }
            defer { index += 1 }
            do throws(CaptureError) {
                try ImageFile.load(path: paths[index], limits: limits, into: frame)
            } catch {
                counters.skipped += 1
                if damaged.count < 100 { damaged.append(error) }
                continue
            }
            frame.sequence = UInt64(index)
            frame.bootTime = pacer.time(of: UInt64(index))
            description.width = frame.width
            description.height = frame.height
            counters.delivered += 1
            return true
        }
        return false
    }

    /// `next` returns false from then on.
    public func close() { index = paths.count }

    private static func pictures(in folder: String) throws(CaptureError) -> [String] {
        let names = try namesInFolder(folder).filter { name in
            !name.hasPrefix(".") && PictureName.read.contains(PictureName.ending(of: name))
        }
        guard !names.isEmpty else { throw .noImages(folder: folder) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { folder + "/" + $0 }
    }
}
