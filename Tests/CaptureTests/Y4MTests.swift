import Glibc
import TestSupport
import Testing

@testable import Capture

/// Bytes of a Y4M stream of random frames.
private func stream(_ header: String, frameBytes: Int, frames: Int, frameLine: String = "FRAME", seed: UInt64 = 1)
    -> [UInt8]
{
    var random = SplitMix(seed: seed)
    return (0..<frames).reduce(ascii(header + "\n")) { bytes, _ in
        bytes + ascii(frameLine + "\n") + random.bytes(frameBytes)
    }
}

@Suite struct Y4MTests {
    let folder = try! TemporaryFolder()

    private func open(_ bytes: [UInt8], pace: Pace = .fullSpeed) throws -> Y4MStream {
        try Y4MStream(path: folder.write("\(bytes.count)-\(UInt64.random(in: 0...UInt64.max)).y4m", bytes), pace: pace)
    }

    private func refusal(of bytes: [UInt8]) -> String? {
        do {
            _ = try open(bytes)
            return nil
        } catch {
            guard case .badStream(_, "header", let reason) = error as? CaptureError else {
                return "unexpected: \(error)"
            }
            return reason
        }
    }

    @Test(arguments: [
        ("420", 16 * 18 + 2 * 8 * 9, 1, 1), ("420jpeg", 16 * 18 + 2 * 8 * 9, 1, 1),
        ("420mpeg2", 16 * 18 + 2 * 8 * 9, 1, 1),
        ("420paldv", 16 * 18 + 2 * 8 * 9, 1, 1), ("422", 16 * 18 * 2, 1, 0), ("444", 16 * 18 * 3, 0, 0),
        ("411", 16 * 18 + 2 * 4 * 18, 2, 0), ("mono", 16 * 18, 0, 0),
    ])
    func everyChroma(name: String, count: Int, horizontal: Int, vertical: Int) throws {
        let bytes = stream("YUV4MPEG2 W16 H18 F30:1 Ip A1:1 C\(name) XYSCSS=\(name)", frameBytes: count, frames: 2)
        let source = try open(bytes)
        #expect(
            source.description.width == 16 && source.description.height == 18
                && source.description.framesPerSecond == 30)
        let frame = Frame()
        #expect(try source.next(into: frame))
        let second = bytes.count - count
        #expect(try source.next(into: frame))
        let planes = Array(bytes[second...])
        #expect(frame.lumaBytes == Array(planes[0..<16 * 18]))
        #expect(frame.sequence == 1)
        let rgb = try frame.rgb()
        let (columns, rows) = (16 >> horizontal, 18 >> vertical)
        for (x, y) in [(0, 0), (5, 7), (15, 17), (8, 3)] {
            let luma = planes[y * 16 + x]
            let at = 16 * 18 + (y >> vertical) * columns + (x >> horizontal)
            let expected =
                name == "mono"
                ? [Double](repeating: Double(luma), count: 3)
                : FrameTests.reference(luma, planes[at], planes[at + columns * rows], fullRange: false)
            for channel in 0..<3 { #expect(abs(Double(rgb[3 * (y * 16 + x) + channel]) - expected[channel]) <= 0.52) }
        }
        #expect(try !source.next(into: frame))
        #expect(source.counters == FrameCounters(delivered: 2))
    }

    @Test(arguments: [("420", 19 * 17 + 2 * 10 * 9), ("422", 19 * 17 + 2 * 10 * 17), ("444", 19 * 17 * 3)])
    func oddSizes(name: String, count: Int) throws {
        let bytes = stream("YUV4MPEG2 W19 H17 F25:1 C\(name)", frameBytes: count, frames: 3)
        let source = try open(bytes)
        let frame = Frame()
        var frames = 0
        while try source.next(into: frame) { frames += 1 }
        #expect(frames == 3)
        #expect(frame.lumaBytes == Array(bytes[(bytes.count - count)...].prefix(19 * 17)))
        let rgb = try frame.rgb()
        let corner = Array(bytes[(bytes.count - count)...])
        let u = corner[19 * 17 + (count - 19 * 17) / 2 - 1]
        let expected = FrameTests.reference(corner[19 * 17 - 1], u, corner[count - 1], fullRange: false)
        for channel in 0..<3 { #expect(abs(Double(rgb[rgb.count - 3 + channel]) - expected[channel]) <= 0.52) }
    }

    @Test func whatIsNotWantedYetIsPassedOver() throws {
        let bytes = stream("YUV4MPEG2 W16 H16 F10:1 C420", frameBytes: 384, frames: 6)
        let source = try open(bytes)
        let frame = Frame()
        #expect(try source.next(into: frame))
        let first = frame.bootTime
        #expect(try source.next(into: frame, notBefore: first + .milliseconds(150)))
        #expect(frame.sequence == 2 && frame.bootTime - first == .milliseconds(200))
        #expect(frame.lumaBytes == Array(bytes[(bytes.count - 3 * 390 - 384)...].prefix(256)))
        #expect(try source.next(into: frame, notBefore: first + .milliseconds(150)))
        #expect(frame.sequence == 3)
        #expect(try !source.next(into: frame, notBefore: first + .seconds(1)))
        #expect(source.counters == FrameCounters(delivered: 3, passedOver: 3))
    }

    @Test func damageInWhatIsPassedOverIsNoticed() throws {
        let source = try open(stream("YUV4MPEG2 W16 H16 F10:1 C420", frameBytes: 384, frames: 2).dropLast())
        let frame = Frame()
        #expect(try source.next(into: frame))
        #expect(throws: CaptureError.self) { try source.next(into: frame, notBefore: frame.bootTime + .seconds(1)) }
        #expect(try !source.next(into: frame))
    }

    @Test func parametersOfFramesAndTheFullRange() throws {
        let bytes = stream(
            "YUV4MPEG2 H16 W16 C444 XCOLORRANGE=FULL", frameBytes: 768, frames: 2, frameLine: "FRAME Ip XABC=1")
        let source = try open(bytes)
        #expect(source.description.framesPerSecond == Y4MHeader.usualRate)
        let frame = Frame()
        #expect(try source.next(into: frame))
        let planes = Array(bytes[(bytes.count - 2 * 768 - 16)...])
        let expected = FrameTests.reference(planes[0], planes[256], planes[512], fullRange: true)
        let rgb = try frame.rgb()
        for channel in 0..<3 { #expect(abs(Double(rgb[channel]) - expected[channel]) <= 0.52) }
        #expect(try source.next(into: frame))
    }

    @Test func truncationAtEveryByte() throws {
        let header = "YUV4MPEG2 W16 H16 F30:1 C420"
        let count = 16 * 16 * 3 / 2
        let whole = stream(header, frameBytes: count, frames: 2)
        let first = header.utf8.count + 1
        let ends = [first, first + 6 + count, first + 2 * (6 + count)]
        let path = folder.file("cut.y4m")
        for length in 0...whole.count {
            overwrite(path, whole[0..<length])
            var frames = 0
            do {
                let source = try Y4MStream(path: path, pace: .fullSpeed)
                let frame = Frame()
                while try source.next(into: frame) {
                    #expect(frame.lumaBytes.count == 256)
                    frames += 1
                }
                #expect(ends.contains(length), "\(length) bytes end in the middle of something")
            } catch {
                guard case .badStream(path, let position, _) = error else {
                    Issue.record("\(length) bytes: \(error)")
                    continue
                }
                #expect(length < first || position == "frame \(frames)")
                #expect(!ends.contains(length))
            }
            #expect(frames == (length < ends[1] ? 0 : length < ends[2] ? 1 : 2))
        }
    }

    @Test func anErrorIsTheEnd() throws {
        let source = try open(stream("YUV4MPEG2 W16 H16", frameBytes: 384, frames: 1) + ascii("FRAMX\n"))
        let frame = Frame()
        #expect(try source.next(into: frame))
        #expect(throws: CaptureError.self) { try source.next(into: frame) }
        #expect(try !source.next(into: frame))
    }

    @Test(arguments: [
        ("", "empty"), ("YUV4MPEG2 W16 H16", "ends"), ("\n", "YUV4MPEG2"), ("YUV4MPEG\n", "YUV4MPEG2"),
        ("JUNK W16 H16\n", "YUV4MPEG2"),
        ("YUV4MPEG2\n", "width"), ("YUV4MPEG2 W16\n", "height"), ("YUV4MPEG2 W15 H16\n", "width"),
        ("YUV4MPEG2 W16 H8193\n", "height"), ("YUV4MPEG2 W-16 H16\n", "width"), ("YUV4MPEG2 W1x H16\n", "width"),
        ("YUV4MPEG2 W99999999999999999999 H16\n", "width"), ("YUV4MPEG2 W16 H16 F0:-1\n", "rate"),
        ("YUV4MPEG2 W16 H16 F30\n", "rate"), ("YUV4MPEG2 W16 H16 F1:99999\n", "rate"),
        ("YUV4MPEG2 W16 H16 F30:1:1\n", "rate"),
        ("YUV4MPEG2 W16 H16 F99999999999:1\n", "rate"), ("YUV4MPEG2 W16 H16 C420p10\n", "420p10"),
        ("YUV4MPEG2 W16 H16 C444alpha\n", "444alpha"), ("YUV4MPEG2 W16 H16 Q1\n", "Q1"),
    ])
    func headersThatAreRefused(header: String, word: String) throws {
        let reason = try #require(refusal(of: ascii(header)))
        #expect(reason.contains(word), "\(reason)")
    }

    @Test func aLineWithoutEndIsRefused() throws {
        #expect(throws: CaptureError.self) {
            try open(ascii("YUV4MPEG2 W16 H16 X") + [UInt8](repeating: 0x41, count: 1 << 20))
        }
        let source = try open(ascii("YUV4MPEG2 W16 H16\nFRAME ") + [UInt8](repeating: 0x41, count: 1 << 20))
        #expect(throws: CaptureError.self) { try source.next(into: Frame()) }
    }

    @Test func missingFiles() {
        #expect(
            throws: CaptureError.missing(path: "/nonexistent.y4m", isFolder: false)
        ) {
            try Y4MStream(path: "/nonexistent.y4m", pace: .fullSpeed)
        }
        #expect(throws: CaptureError.self) { try Y4MStream(path: "/", pace: .fullSpeed) }
    }

    @Test func mutatedStreamsNeverCrash() throws {
        var random = SplitMix(seed: 7)
        let seed = stream(
            "YUV4MPEG2 W17 H16 F30:1 Ip A1:1 C422 XCOLORRANGE=LIMITED", frameBytes: 17 * 16 + 2 * 9 * 16, frames: 3)
        let path = folder.file("mutated.y4m")
        let frame = Frame()
        var outcomes: Set<String> = []
        for _ in 0..<3000 {
            var bytes = seed
            // The first hundred bytes decide the most: there are the header and the first FRAME.
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at =
                    Bool.random(using: &random)
                    ? Int.random(in: 0..<100, using: &random) : .random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = .random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert(UInt8(ascii: "9"), at: at)
                }
            }
            overwrite(path, bytes)
            do {
                let source = try Y4MStream(path: path, pace: .fullSpeed)
                var frames = 0
                while try source.next(into: frame) {
                    frames += 1
                    _ = try frame.rgb()
                }
                outcomes.insert("\(frames) frames")
            } catch {
                guard case .badStream = error else {
                    Issue.record("\(error)")
                    continue
                }
                outcomes.insert("error")
            }
        }
        #expect(outcomes.isSuperset(of: ["3 frames", "error"]), "the mutations reach both ends: \(outcomes)")
    }

    @Test func buffersAreMadeOnce() throws {
        let source = try open(stream("YUV4MPEG2 W64 H48", frameBytes: 64 * 48 * 3 / 2, frames: 50))
        let frame = Frame()
        var places: Set<UInt> = []
        var rgb: [UInt8] = []
        while try source.next(into: frame) {
            try frame.copyRGB(
                PixelRectangle(left: 1, top: 1, width: 20 + Int(frame.sequence) % 2, height: 20), into: &rgb)
            guard frame.sequence > 1 else { continue }
            frame.luma.withUnsafeBytes { _ = places.insert(UInt(bitPattern: $0.baseAddress)) }
            frame.colourBytes.withUnsafeBytes { _ = places.insert(UInt(bitPattern: $0.baseAddress)) }
            rgb.withUnsafeBytes { _ = places.insert(UInt(bitPattern: $0.baseAddress)) }
        }
        #expect(frame.sequence == 49)
        #expect(places.count == 3)
    }
}

@Suite struct Y4MPipeTests {
    /// A FIFO and its writing end, which is opened without waiting for a reader.
    private func pipe(in folder: TemporaryFolder) throws -> (path: String, writer: Int32) {
        let path = folder.file("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        let writer = open(path, O_RDWR | O_CLOEXEC)
        try #require(writer >= 0)
        return (path, writer)
    }

    @Test func aPipeInSmallPieces() throws {
        let folder = try TemporaryFolder()
        let (path, writer) = try pipe(in: folder)
        let bytes = stream("YUV4MPEG2 W16 H16 C420", frameBytes: 384, frames: 2)
        #expect(write(writer, bytes, 3) == 3)
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Rest(fd: writer, bytes: Array(bytes[3...])))
        #expect(
            pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let rest = Unmanaged<Rest>.fromOpaque(argument).takeRetainedValue()
                    for byte in rest.bytes { withUnsafeBytes(of: byte) { _ = write(rest.fd, $0.baseAddress, 1) } }
                    close(rest.fd)
                    return nil
                }, box.toOpaque()) == 0)
        let source = try Y4MStream(path: path, pace: .fullSpeed)
        let frame = Frame()
        #expect(try source.next(into: frame))
        #expect(try source.next(into: frame))
        #expect(frame.lumaBytes == Array(bytes[(bytes.count - 384)...].prefix(256)))
        #expect(try !source.next(into: frame))
        pthread_join(thread, nil)
    }

    private final class Rest {
        let fd: Int32
        let bytes: [UInt8]
        init(fd: Int32, bytes: [UInt8]) {
            self.fd = fd
            self.bytes = bytes
        }
    }

    @Test func aStopEndsTheWaitForASilentPipe() throws {
        let folder = try TemporaryFolder()
        let (path, writer) = try pipe(in: folder)
        defer { close(writer) }
        let bytes = stream("YUV4MPEG2 W16 H16 C420", frameBytes: 384, frames: 1)
        #expect(write(writer, bytes, bytes.count) == bytes.count)
        let stop = try StopSignal()
        let source = try Y4MStream(path: path, pace: .fullSpeed, stop: stop)
        let frame = Frame()
        #expect(try source.next(into: frame))
        stop.request()
        #expect(try !source.next(into: frame), "it would wait for ever without the stop")
        #expect(stop.wait(for: .seconds(3600)), "and so would this")
    }

    /// Time stands still for a live pipe that stalls: what comes afterwards was taken only then, and is wanted.
    @Test func aPipeThatStallsLosesNoMoreThanWasNotWanted() throws {
        let folder = try TemporaryFolder()
        let (path, writer) = try pipe(in: folder)
        let bytes = stream("YUV4MPEG2 W16 H16 F10:1 C420", frameBytes: 384, frames: 4)
        #expect(write(writer, bytes, bytes.count) == bytes.count)
        let source = try Y4MStream(path: path, pace: .realTime)
        let frame = Frame()
        #expect(try source.next(into: frame))
        pass(.milliseconds(500))
        #expect(try source.next(into: frame, notBefore: frame.bootTime + .milliseconds(120)))
        #expect(frame.sequence == 2)
        #expect(source.counters == FrameCounters(delivered: 2, passedOver: 1))
        close(writer)
    }

    @Test func aStopInTheMiddleOfAFrameIsAnEnd() throws {
        let folder = try TemporaryFolder()
        let (path, writer) = try pipe(in: folder)
        defer { close(writer) }
        let bytes = stream("YUV4MPEG2 W16 H16 C420", frameBytes: 384, frames: 1).dropLast(5)
        #expect(bytes.withUnsafeBytes { write(writer, $0.baseAddress, $0.count) } == bytes.count)
        let stop = try StopSignal()
        let source = try Y4MStream(path: path, pace: .fullSpeed, stop: stop)
        stop.request()
        #expect(try !source.next(into: Frame()))
    }
}

@Suite struct PacerTests {
    @Test func timesFollowTheRate() {
        let pacer = Pacer(pace: .realTime, framesPerSecond: 25, start: .seconds(100))
        #expect(pacer.time(of: 0) == .seconds(100))
        #expect(pacer.time(of: 50) == .seconds(102))
    }

    @Test func onlyWholeFramesAreOverdue() {
        let pacer = Pacer(pace: .realTime, framesPerSecond: 10, start: .seconds(100))
        #expect(pacer.overdue(at: .seconds(99), next: 0) == 0)
        #expect(pacer.overdue(at: .milliseconds(100_090), next: 0) == 0)
        #expect(pacer.overdue(at: .milliseconds(100_110), next: 0) == 1)
        #expect(pacer.overdue(at: .milliseconds(101_010), next: 5) == 5)
        let unpaced = Pacer(pace: .fullSpeed, framesPerSecond: 10, start: .seconds(100))
        #expect(unpaced.overdue(at: .seconds(1000), next: 0) == 0)
    }

    @Test func aSlowConsumerInRealTimeLosesFramesAndKnowsHowMany() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("clip.y4m", stream("YUV4MPEG2 W16 H16 F1000:1", frameBytes: 384, frames: 200))
        let source = try Y4MStream(path: path, pace: .realTime)
        let frame = Frame()
        #expect(try source.next(into: frame))
        let first = frame.sequence
        pass(.milliseconds(20))
        #expect(try source.next(into: frame))
        #expect(frame.sequence >= first + 19)
        #expect(source.counters.delivered == 2)
        #expect(source.counters.dropped == frame.sequence - 1)
        #expect(frame.bootTime >= .milliseconds(19))
    }

    @Test func atFullSpeedNoneIsDropped() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("clip.y4m", stream("YUV4MPEG2 W16 H16 F1000:1", frameBytes: 384, frames: 20))
        let source = try Y4MStream(path: path, pace: .fullSpeed)
        let frame = Frame()
        var times: [Duration] = []
        while try source.next(into: frame) {
            times.append(frame.bootTime)
            pass(.milliseconds(2))
        }
        #expect(source.counters == FrameCounters(delivered: 20))
        #expect(zip(times, times.dropFirst()).allSatisfy { abs(($1 - $0) / .milliseconds(1) - 1) < 1e-6 })
    }
}
