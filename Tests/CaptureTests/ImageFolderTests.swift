import TestSupport
import Testing

@testable import Capture

@Suite struct ImageFolderTests {
    let folder = try! TemporaryFolder()

    private func pgm(_ value: UInt8, side: Int = 2) -> [UInt8] {
        ascii("P5 \(side) \(side) 255\n") + [UInt8](repeating: value, count: side * side)
    }

    @Test func namesGiveTheOrderAndDamageIsSkippedAndRemembered() throws {
        try folder.write("b.pgm", pgm(2, side: 3))
        try folder.write("a10.PGM", pgm(1))
        try folder.write("c.png", ascii("not a picture"))
        try folder.write(
            "d.jpeg",
            JPEGMaker.encode([UInt8](repeating: 4, count: 64), width: 8, height: 8, format: JPEGMaker.greyPixels))
        try folder.write("e.txt", ascii("notes"))
        try folder.write(".hidden.pgm", pgm(9))
        let source = try ImageFolder(path: folder.path, framesPerSecond: 5, pace: .fullSpeed)
        let frame = Frame()
        var seen: [[Int]] = []
        while try source.next(into: frame) { seen.append([frame.width, Int(frame.lumaBytes[0]), Int(frame.sequence)]) }
        #expect(seen == [[2, 1, 0], [3, 2, 1], [8, 4, 3]])
        #expect(source.counters == FrameCounters(delivered: 3, skipped: 1))
        #expect(
            source.damaged == [.badImage(file: folder.file("c.png"), reason: "it is neither JPEG, PNG, PGM nor PPM")])
        #expect(source.description.width == 8)
    }

    @Test func timesFollowTheRate() throws {
        for name in ["1.pgm", "2.pgm", "3.pgm"] { try folder.write(name, pgm(1)) }
        let source = try ImageFolder(path: folder.path, framesPerSecond: 4, pace: .fullSpeed)
        let frame = Frame()
        #expect(try source.next(into: frame))
        let first = frame.bootTime
        #expect(try source.next(into: frame))
        #expect(frame.bootTime - first == .milliseconds(250))
    }

    @Test func whatIsNotWantedYetIsNotDecoded() throws {
        try folder.write("1.pgm", pgm(1))
        for name in ["2.jpg", "3.jpg"] { try folder.write(name, ascii("damaged")) }
        for name in ["4.pgm", "5.pgm"] { try folder.write(name, pgm(4)) }
        let source = try ImageFolder(path: folder.path, framesPerSecond: 10, pace: .fullSpeed)
        let frame = Frame()
        #expect(try source.next(into: frame))
        let first = frame.bootTime
        #expect(try source.next(into: frame, notBefore: first + .milliseconds(250)))
        #expect(frame.sequence == 3 && frame.bootTime - first == .milliseconds(300))
        #expect(try !source.next(into: frame, notBefore: first + .seconds(1)))
        #expect(source.counters == FrameCounters(delivered: 2, passedOver: 3))
    }

    @Test func lateOnesAreDroppedInRealTime() throws {
        for number in 10..<60 { try folder.write("\(number).pgm", pgm(1)) }
        let source = try ImageFolder(path: folder.path, framesPerSecond: 1000, pace: .realTime)
        let frame = Frame()
        pass(.milliseconds(20))
        #expect(try source.next(into: frame))
        #expect(frame.sequence == 0, "time begins with the first picture")
        pass(.milliseconds(10))
        #expect(try source.next(into: frame))
        #expect(frame.sequence >= 10)
        #expect(source.counters.dropped == frame.sequence - 1)
        pass(.milliseconds(100))
        #expect(try !source.next(into: frame))
        #expect(source.counters == FrameCounters(delivered: 2, dropped: 48))
    }

    @Test func aStopEndsTheWait() throws {
        for name in ["1.pgm", "2.pgm"] { try folder.write(name, pgm(1)) }
        let stop = try StopSignal()
        let source = try ImageFolder(path: folder.path, framesPerSecond: 0.01, pace: .realTime, stop: stop)
        let frame = Frame()
        #expect(try source.next(into: frame))
        stop.request()
        #expect(try !source.next(into: frame), "the next picture is due in 100 s")
    }

    @Test func foldersWithoutPictures() throws {
        #expect(throws: CaptureError.noImages(folder: folder.path)) {
            try ImageFolder(path: folder.path, framesPerSecond: 1, pace: .fullSpeed)
        }
        #expect(throws: CaptureError.self) {
            try ImageFolder(path: "/nonexistent", framesPerSecond: 1, pace: .fullSpeed)
        }
        try folder.write("a.pgm", pgm(1))
        for rate in [0, -1, .nan, .infinity] {
            #expect(throws: CaptureError.self) {
                try ImageFolder(path: folder.path, framesPerSecond: rate, pace: .fullSpeed)
            }
        }
        let source = try ImageFolder(path: folder.path, framesPerSecond: 1, pace: .fullSpeed)
        source.close()
        #expect(try !source.next(into: Frame()))
    }
}
