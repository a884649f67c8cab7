import TestSupport
import Testing

@testable import Capture

@Suite struct ImageFileTests {
    private func reason(_ bytes: [UInt8], limits: ImageLimits = ImageLimits()) -> CaptureError? {
        do throws(CaptureError) {
            _ = try ImageFile.load(bytes: bytes, name: "it", limits: limits)
            return nil
        } catch {
            return error
        }
    }

    // JPEG

    @Test func colourJPEG() throws {
        let rgb: [UInt8] = (0..<16 * 16).flatMap { _ -> [UInt8] in [200, 100, 50] }
        let frame = try ImageFile.load(bytes: JPEGMaker.encode(rgb, width: 16, height: 16))
        #expect(frame.width == 16 && frame.height == 16)
        #expect(try zip(frame.rgb(), rgb).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
        #expect(frame.lumaBytes.allSatisfy { abs(Int($0) - 124) <= 2 })
    }

    @Test(arguments: [0, JPEGMaker.progressive]) func greyJPEG(flags: Int32) throws {
        let grey = (0..<24 * 16).map { UInt8($0 % 24 * 10) }
        let frame = try ImageFile.load(
            bytes: JPEGMaker.encode(grey, width: 24, height: 16, format: JPEGMaker.greyPixels, flags: flags))
        #expect(zip(frame.lumaBytes, grey).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
        #expect(frame.colour == .none)
    }

    @Test func inksAreRefused() {
        let cmyk = JPEGMaker.encode(
            [UInt8](repeating: 90, count: 16 * 16 * 4), width: 16, height: 16, format: JPEGMaker.cmykPixels)
        guard case .badImage("it", let reason) = reason(cmyk) else {
            Issue.record("not refused")
            return
        }
        #expect(reason.contains("CMYK"))
    }

    @Test(arguments: Orientation.allCases, [true, false])
    fileprivate func exifOrientation(orientation: Orientation, bigEndian: Bool) throws {
        // Upright: dark above, with a white left upper corner. Each corner of 8x8 pixels is one value.
        let upright: [[UInt8]] = [[250, 50], [100, 150], [200, 10]]
        // What the camera stored, by the definition of each orientation: where its first row and first column are seen.
        let (rows, columns) = (3, 2)
        let stored: [[UInt8]] =
            switch orientation {
            case .upright: upright
            case .mirrored: upright.map { $0.reversed() }
            case .upsideDown: upright.reversed().map { $0.reversed() }
            case .mirroredUpsideDown: upright.reversed()
            case .transposed: (0..<columns).map { c in (0..<rows).map { upright[$0][c] } }
            case .turnRight: (0..<columns).reversed().map { c in (0..<rows).map { upright[$0][c] } }
            case .transposedAcross: (0..<columns).reversed().map { c in (0..<rows).reversed().map { upright[$0][c] } }
            case .turnLeft: (0..<columns).map { c in (0..<rows).reversed().map { upright[$0][c] } }
            }
        let pixels = stored.flatMap { row in
            [[UInt8]](repeating: row.flatMap { [UInt8](repeating: $0, count: 24) }, count: 8).flatMap { $0 }
        }
        let jpeg = JPEGMaker.encode(pixels, width: stored[0].count * 8, height: stored.count * 8)
        let frame = try ImageFile.load(
            bytes: JPEGMaker.orient(jpeg, UInt16(orientation.rawValue), bigEndian: bigEndian))
        #expect(frame.width == 16 && frame.height == 24)
        let luma = frame.lumaBytes
        for row in 0..<3 {
            for column in 0..<2 {
                let value = luma[(row * 8 + 4) * 16 + column * 8 + 4]
                #expect(abs(Int(value) - Int(upright[row][column])) <= 2, "corner \(row),\(column)")
            }
        }
    }

    @Test(arguments: [0, 9, 65535] as [UInt16]) func nonsenseOrientationIsUpright(value: UInt16) throws {
        let jpeg = JPEGMaker.encode([UInt8](repeating: 60, count: 16 * 8 * 3), width: 16, height: 8)
        let frame = try ImageFile.load(bytes: JPEGMaker.orient(jpeg, value))
        #expect(frame.width == 16 && frame.height == 8)
    }

    // PNG

    @Test func pngIsWrittenAndRead() throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(seed: 8)
        let rgb = random.bytes(37 * 21 * 3)
        try PNGFile.write(rgb: rgb, width: 37, height: 21, path: folder.file("a.png"))
        let frame = try ImageFile.load(path: folder.file("a.png"))
        #expect(frame.width == 37 && frame.height == 21)
        #expect(try frame.rgb() == rgb)
        #expect(throws: CaptureError.self) {
            try PNGFile.write(rgb: rgb, width: 36, height: 21, path: folder.file("b.png"))
        }
        #expect(throws: CaptureError.self) {
            try PNGFile.write(rgb: rgb, width: 37, height: 21, path: "/nonexistent/b.png")
        }
    }

    @Test func everyKindOfPNG() throws {
        func rgb(_ file: [UInt8]) throws -> [UInt8] { try ImageFile.load(bytes: file).rgb() }
        let truecolour = PNGMaker.file(width: 2, height: 1, depth: 8, colourType: 2, rows: [[1, 2, 3, 4, 5, 6]])
        #expect(try rgb(truecolour) == [1, 2, 3, 4, 5, 6])
        let grey = PNGMaker.file(width: 2, height: 2, depth: 8, colourType: 0, rows: [[10, 20], [30, 40]])
        #expect(try ImageFile.load(bytes: grey).lumaBytes == [10, 20, 30, 40])
        let palette = PNGMaker.file(
            width: 2, height: 1, depth: 8, colourType: 3, rows: [[1, 0]], palette: [9, 8, 7, 200, 100, 0])
        #expect(try rgb(palette) == [200, 100, 0, 9, 8, 7])
        let bits = PNGMaker.file(width: 8, height: 1, depth: 1, colourType: 0, rows: [[0b1010_0001]])
        #expect(try ImageFile.load(bytes: bits).lumaBytes == [255, 0, 255, 0, 0, 0, 0, 255])
        let deep = PNGMaker.file(width: 1, height: 1, depth: 16, colourType: 2, rows: [[255, 255, 0, 0, 255, 255]])
        #expect(try rgb(deep) == [255, 0, 255])
    }

    @Test func transparentPartsLieOnWhite() throws {
        let rows: [[UInt8]] = [[10, 20, 30, 255, 10, 20, 30, 0]]
        let frame = try ImageFile.load(bytes: PNGMaker.file(width: 2, height: 1, depth: 8, colourType: 6, rows: rows))
        #expect(try frame.rgb() == [10, 20, 30, 255, 255, 255])
    }

    // Limits

    @Test func largePicturesAreRefusedBeforeTheyAreDecoded() {
        let small = ImageLimits(bytes: 1 << 20, pixels: 255)
        let jpeg = JPEGMaker.encode([UInt8](repeating: 1, count: 768), width: 16, height: 16)
        let png = PNGMaker.file(
            width: 16, height: 16, depth: 8, colourType: 0,
            rows: .init(repeating: .init(repeating: 1, count: 16), count: 16))
        for file in [jpeg, png, ascii("P5 16 16 255\n") + [UInt8](repeating: 0, count: 256)] {
            #expect(reason(file) == nil)
            #expect(
                reason(file, limits: small)
                    == .imageTooLarge(file: "it", reason: "16x16 pixels, and at most 255 are read"))
            #expect(reason(file, limits: ImageLimits(bytes: 50, pixels: 256))?.name == "image_too_large")
        }
        // Headers that promise what nobody could hold.
        let bomb = PNGMaker.file(width: 1_000_000, height: 1_000_000, depth: 8, colourType: 2, rows: [[0]])
        #expect(reason(bomb)?.name == "image_too_large")
        #expect(reason(ascii("P6 1000000000 1000000000 255\n"))?.name == "image_too_large")
        #expect(reason(ascii("P6 8000 8000 255\n"))?.name == "bad_image")
    }

    @Test func filesAreNotReadBeyondTheLimit() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.pgm", ascii("P5 1 1 255\n") + [UInt8](repeating: 0, count: 100))
        #expect(throws: CaptureError.imageTooLarge(file: path, reason: "111 bytes, and at most 110 are read")) {
            try ImageFile.load(path: path, limits: ImageLimits(bytes: 110))
        }
        #expect(throws: CaptureError.isFolder(path: folder.path)) {
            try ImageFile.load(path: folder.path)
        }
        #expect(throws: CaptureError.self) { try ImageFile.load(path: folder.file("none.jpg")) }
    }

    // Damage

    private static let samples: [(name: String, file: [UInt8])] = {
        var random = SplitMix(seed: 9)
        let rgb = random.bytes(20 * 12 * 3)
        let rows = (0..<12).map { Array(rgb[$0 * 60..<$0 * 60 + 60]) }
        return [
            ("baseline JPEG", JPEGMaker.orient(JPEGMaker.encode(rgb, width: 20, height: 12, quality: 80), 6)),
            (
                "progressive JPEG",
                JPEGMaker.encode(rgb, width: 20, height: 12, quality: 80, flags: JPEGMaker.progressive)
            ),
            ("PNG", PNGMaker.file(width: 20, height: 12, depth: 8, colourType: 2, rows: rows)),
            ("P6", ascii("P6 # a comment\n20 12 255\n") + rgb),
            ("P5", ascii("P5\n20\n36\n255\n") + rgb),
            ("P2", ascii("P2 5 3 100\n1 2 3 4 5 6 7 8 9 10 11 12 13 14 100")),
            ("P3", ascii("P3 2 2 7 0 1 2 3 4 5 6 7 0 1 2 3\n")),
        ]
    }()

    @Test(arguments: samples.indices) func truncationAtEveryByte(sample: Int) {
        let (name, file) = Self.samples[sample]
        #expect(reason(file) == nil)
        // What ends a PNG says nothing about pixels; the last number of a P2 or P3 may lose its end.
        let needed = name == "PNG" ? file.count - 12 : name == "P2" || name == "P3" ? file.count - 2 : file.count
        for length in 0..<file.count {
            let error = reason(Array(file[0..<length]))
            if length < needed { #expect(error != nil, "\(name) of \(length) bytes is accepted") }
            if let error { #expect(error.name == "bad_image", "\(error)") }
        }
    }

    @Test(arguments: samples.indices) func mutationsNeverCrash(sample: Int) {
        let (_, file) = Self.samples[sample]
        var random = SplitMix(seed: UInt64(sample))
        var (read, refused) = (0, 0)
        for _ in 0..<2000 {
            var bytes = file
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let at = Int.random(in: 0..<min(bytes.count, Bool.random(using: &random) ? 40 : .max), using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = .random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert(.random(in: 0...255, using: &random), at: at)
                }
            }
            if let error = reason(bytes, limits: ImageLimits(pixels: 1 << 16)) {
                #expect(["bad_image", "image_too_large"].contains(error.name))
                refused += 1
            } else {
                read += 1
            }
        }
        #expect(refused > 0)
        #expect(read + refused == 2000)
    }

    @Test(arguments: [
        ("", "empty"), ("GIF89a", "neither"), ("P7 1 1 255\n1", "neither"), ("P5", "neither"), ("P5 1", "height"),
        ("P5 0 1 255\n1", "no pixels"), ("P5 1 1 0\n1", "largest value"), ("P5 1 1 65536\n1", "largest value"),
        ("P5 99999999999999999999 1 255\n1", "far too large"), ("P5 1 x 255\n1", "height"), ("P2 1 1 10 11", "above"),
        ("P2 2 1 255 1 1x", "not a number"), ("P5 1 1 100\n~", "above"), ("P5 # never ends", "width"),
        ("P5 1 1 300\n~", "ends before"),
    ])
    func namedReasons(text: String, word: String) throws {
        let error = try #require(reason(ascii(text)))
        #expect(error.description.contains(word), "\(error)")
    }

    @Test func portableMaps() throws {
        func luma(_ text: String, _ bytes: [UInt8] = []) throws -> [UInt8] {
            try ImageFile.load(bytes: ascii(text) + bytes).lumaBytes
        }
        #expect(try luma("P2\n# made by hand\n3 1 # three\n10\n0 5 10\n") == [0, 128, 255])
        #expect(try luma("P5 2 1 255\n", [7, 9]) == [7, 9])
        #expect(try luma("P5 2 1 255\n", [0x23, 0x0A]) == [0x23, 0x0A], "a # is a pixel after the header")
        #expect(try luma("P5 2 1 65535\n", [0xFF, 0xFF, 0x80, 0x80]) == [255, 128])
        #expect(try luma("P5 1 1 1\n", [1]) == [255])
        #expect(try ImageFile.load(bytes: ascii("P3 1 2 255 255 0 0 0 0 255")).rgb() == [255, 0, 0, 0, 0, 255])
        #expect(try luma("P6 1 1 255\n", [255, 255, 255]) == [255])
    }
}
