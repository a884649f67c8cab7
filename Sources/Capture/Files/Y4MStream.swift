/// Frames of a YUV4MPEG2 stream, from a file, a pipe or standard input, as ffmpeg writes it with `-f yuv4mpegpipe`.
///
/// A stream that is damaged or cut short throws `badStream` with the number of the frame, and has then ended.
public final class Y4MStream: FrameSource {
    /// What the stream is.
    public let description: SourceDescription
    /// What became of its frames.
    public private(set) var counters = FrameCounters()

    private let name: String
    private let bytes: ByteStream
    private let header: Y4MHeader
    private let stop: StopSignal?
    private let pace: Pace
    private let isFile: Bool
    /// Time runs from the first frame that is asked for: whoever plays may have had much to load before.
    private lazy var pacer = Pacer(pace: pace, framesPerSecond: header.framesPerSecond, start: BootClock.now)
    private var index: UInt64 = 0
    private var hasEnded = false

    /// Opens a stream and reads its header; waits for that on a pipe.
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - pace: in real time, frames that are late by more than their duration are dropped and counted.
    ///   - stop: ends every wait.
    /// - Throws: `io`, `noPermission`, or `badStream` when the header is not one of Y4M.
    public init(path: String, pace: Pace, stop: StopSignal? = nil) throws(CaptureError) {
        let name = path == "-" ? "standard input" : path
        let bytes = try ByteStream(path: path, stop: stop)
        let parsed = try bytes.withLine(limit: Y4MHeader.lengthLimit, position: "header") {
            (line) throws(CaptureError) in
            do throws(Y4MHeader.Malformed) {
                return try Y4MHeader(line)
            } catch {
                throw .badStream(file: name, position: "header", reason: error.reason)
            }
        }
        guard let header = parsed else {
            throw .badStream(file: name, position: "header", reason: "the stream is empty")
        }
        self.name = name
        self.bytes = bytes
        isFile = bytes.isRegularFile
        self.header = header
        self.stop = stop
        self.pace = pace
        description = SourceDescription(
            name: name, width: header.width, height: header.height, framesPerSecond: header.framesPerSecond,
            format: "Y4M \(header.chroma.rawValue)", isLive: false)
    }

    /// Reads the next frame, in real time when it is due.
    public func next(into frame: Frame, notBefore earliest: Duration) throws(CaptureError) -> Bool {
        guard !hasEnded else { return false }
        hasEnded = true  // unless a whole frame is read
        for _ in 0..<(isFile ? pacer.overdue(at: BootClock.now, next: index) : 0) {
            guard try skipFrame() else { return false }
            counters.dropped += 1
        }
        while pacer.time(of: index) < earliest {
            guard try skipFrame() else { return false }
            counters.passedOver += 1
        }
        guard pacer.waitFor(index, stop: stop), try readFrameLine() else { return false }
        try readPixels(into: frame)
        guard stop?.isRequested != true else { return false }
        catchUp()
        frame.sequence = index
        frame.bootTime = pacer.time(of: index)
        index += 1
        counters.delivered += 1
        hasEnded = false
        return true
    }

    /// Closes the file. `next` returns false from then on.
    public func close() {
        hasEnded = true
        bytes.close()
    }

    /// Passes over a frame; false at the end of the stream and after a stop.
    private func skipFrame() throws(CaptureError) -> Bool {
        guard try readFrameLine() else { return false }
        try require(bytes.skip(header.frameByteCount))
        guard stop?.isRequested != true else { return false }
        catchUp()
        index += 1
        return true
    }

    private func catchUp() {
        if !isFile { pacer.catchUp(at: BootClock.now, next: index) }
    }

    /// The line before each frame: `FRAME`, and parameters that do not matter to us.
    private func readFrameLine() throws(CaptureError) -> Bool {
        let isFrame = try bytes.withLine(limit: Y4MHeader.lengthLimit, position: "frame \(index)") {
            (line) throws(CaptureError) in
            line.starts(with: Self.frameWord) && (line.count == 5 || line[5] == UInt8(ascii: " "))
        }
        if stop?.isRequested == true { return false }
        guard let isFrame else { return false }
        guard isFrame else { throw damaged("it does not begin with FRAME") }
        return true
    }

    private static let frameWord = Array("FRAME".utf8)

    private func readPixels(into frame: Frame) throws(CaptureError) {
        frame.resize(
            width: header.width, height: header.height, colour: header.colour, colourByteCount: header.chromaByteCount)
        let luma = try fill(&frame.luma, header.width * header.height)
        let chroma = try fill(&frame.colourBytes, header.chromaByteCount)
        try require(luma + chroma)
    }

    private func fill(_ target: inout [UInt8], _ count: Int) throws(CaptureError) -> Int {
        try target.withUnsafeMutableBufferPointer { (target) throws(CaptureError) in
            try bytes.read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: target[0..<count])))
        }
    }

    private func require(_ byteCount: Int) throws(CaptureError) {
        guard byteCount == header.frameByteCount || stop?.isRequested == true else {
            throw damaged("the stream ends in it, after \(byteCount) of \(header.frameByteCount) bytes")
        }
    }

    private func damaged(_ reason: String) -> CaptureError {
        .badStream(file: name, position: "frame \(index)", reason: reason)
    }
}
