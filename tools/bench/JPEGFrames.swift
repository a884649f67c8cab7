import Capture

/// The frames of a stream as JPEG pictures of 4:2:0, as a camera compresses them.
struct JPEGPictures {
    let width: Int
    let height: Int
    private(set) var files: [[UInt8]] = []

    /// Encodes every frame. At this quality noise alone gives pictures as large as a camera's of a room: about 140 kB for
    /// 1280x720. Decoding takes as long as there are bytes.
    init(of source: any FrameSource, quality: Int = 94) throws {
        (width, height) = (source.description.width, source.description.height)
        let frame = Frame()
        while try source.next(into: frame) {
            files.append(try JPEGFile.encode(frame, longestSide: max(width, height), quality: quality))
        }
    }
}

/// Plays JPEG pictures from memory at 15 frames/s, over and over, through the decoder of an MJPEG camera.
final class JPEGFrames: FrameSource {
    let description: SourceDescription
    private(set) var counters = FrameCounters()

    private static let rate = 15
    private let pictures: JPEGPictures
    private let decoder = JPEGDecoder()
    private let room: Int
    private let count: Int
    private var index = 0

    init(_ pictures: JPEGPictures, seconds: Int) {
        self.pictures = pictures
        room = pictures.files.reduce(0) { max($0, $1.count) }
        count = pictures.files.isEmpty ? 0 : seconds * Self.rate
        description = SourceDescription(
            name: "pictures in memory", width: pictures.width, height: pictures.height,
            framesPerSecond: Double(Self.rate), format: "MJPG", isLive: false)
    }

    func next(into frame: Frame, notBefore earliest: Duration) throws(CaptureError) -> Bool {
        while index < count, time < earliest {
            index += 1
            counters.passedOver += 1
        }
        guard index < count else { return false }
        let file = pictures.files[index % pictures.files.count]
        try file.withUnsafeBufferPointer { (bytes) throws(CaptureError) in
            try frame.take(
                jpeg: UnsafeRawBufferPointer(bytes), width: pictures.width, height: pictures.height, room: room,
                decoder: decoder)
        }
        frame.sequence = UInt64(index)
        frame.bootTime = time
        index += 1
        counters.delivered += 1
        return true
    }

    func close() { index = count }

    private var time: Duration { .seconds(Double(index) / Double(Self.rate)) }
}
