import TestSupport
import Testing

@testable import Capture

/// A picture in planes, and its bytes in each format that a driver may deliver, padding included.
private struct Picture {
    let width: Int
    let height: Int
    let padding: Int
    let y: [UInt8]
    let u: [UInt8]
    let v: [UInt8]

    init(width: Int, height: Int, padding: Int, seed: UInt64) {
        var random = SplitMix(seed: seed)
        self.width = width
        self.height = height
        self.padding = padding
        y = random.bytes(width * height)
        u = random.bytes(width * height)
        v = random.bytes(width * height)
    }

    var columns: Int { (width + 1) / 2 }
    var rows: Int { (height + 1) / 2 }

    /// The chroma sample of a pixel: that of the left upper pixel of its group.
    func chroma(_ x: Int, _ row: Int, vertical: Int) -> (UInt8, UInt8) {
        let at = ((row >> vertical) << vertical) * width + (x & ~1)
        return (u[at], v[at])
    }

    func stride(_ format: NativeFormat) -> Int {
        let shortest =
            switch format {
            case .yuyv, .uyvy: 4 * columns
            case .nv12, .nv21: 2 * columns
            default: width
            }
        return shortest + 2 * padding
    }

    func bytes(_ format: NativeFormat) -> [UInt8] {
        let stride = stride(format)
        func row(_ samples: [UInt8], _ length: Int) -> [UInt8] {
            samples + [UInt8](repeating: 0xEE, count: length - samples.count)
        }
        let lumaRows = (0..<height).flatMap { row(Array(y[($0 * width)..<(($0 + 1) * width)]), stride) }
        let pairs = { (r: Int, vertical: Int) in (0..<columns).map { chroma(2 * $0, r << vertical, vertical: vertical) }
        }
        switch format {
        case .grey: return lumaRows
        case .nv12: return lumaRows + (0..<rows).flatMap { row(pairs($0, 1).flatMap { [$0.0, $0.1] }, stride) }
        case .nv21: return lumaRows + (0..<rows).flatMap { row(pairs($0, 1).flatMap { [$0.1, $0.0] }, stride) }
        case .yuv420:
            let half = (stride + 1) / 2
            return lumaRows + (0..<rows).flatMap { row(pairs($0, 1).map(\.0), half) }
                + (0..<rows).flatMap { row(pairs($0, 1).map(\.1), half) }
        case .yuyv, .uyvy:
            return (0..<height).flatMap { r in
                let packed = pairs(r, 0).enumerated().flatMap { column, chroma -> [UInt8] in
                    let left = y[r * width + 2 * column]
                    let right = 2 * column + 1 < width ? y[r * width + 2 * column + 1] : 0
                    return format == .yuyv ? [left, chroma.0, right, chroma.1] : [chroma.0, left, chroma.1, right]
                }
                return row(packed, stride)
            }
        case .mjpeg, .jpeg: return []
        }
    }
}

@Suite struct RawLayoutTests {
    static let raw = NativeFormat.allCases.filter { $0 != .mjpeg && $0 != .jpeg }

    @Test(arguments: raw, [(16, 16, 0), (18, 16, 3), (17, 19, 0), (33, 21, 5)])
    func everyPixelOfEveryFormat(format: NativeFormat, size: (Int, Int, Int)) throws {
        let picture = Picture(width: size.0, height: size.1, padding: size.2, seed: 3)
        let layout = try #require(
            RawLayout(
                format, width: picture.width, height: picture.height, stride: picture.stride(format), fullRange: false))
        let bytes = picture.bytes(format)
        let frame = Frame()
        #expect(bytes.withUnsafeBytes { frame.take($0, layout) })
        #expect(frame.lumaBytes == picture.y)
        let rgb = try frame.rgb()
        for row in 0..<picture.height {
            for x in 0..<picture.width {
                let at = row * picture.width + x
                let (u, v) = picture.chroma(x, row, vertical: format == .yuyv || format == .uyvy ? 0 : 1)
                let expected =
                    format == .grey
                    ? [Double](repeating: Double(picture.y[at]), count: 3)
                    : FrameTests.reference(picture.y[at], u, v, fullRange: false)
                for channel in 0..<3 {
                    #expect(abs(Double(rgb[3 * at + channel]) - expected[channel]) <= 0.52, "pixel \(x),\(row)")
                }
            }
        }
        var part: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 5, top: 3, width: 7, height: 9), into: &part)
        let starts = (3..<12).map { 3 * ($0 * picture.width + 5) }
        #expect(part == starts.flatMap { rgb[$0..<$0 + 21] })
    }

    @Test(arguments: raw) func oneByteTooFewIsRefused(format: NativeFormat) throws {
        let picture = Picture(width: 18, height: 16, padding: 1, seed: 4)
        let layout = try #require(
            RawLayout(format, width: 18, height: 16, stride: picture.stride(format), fullRange: false))
        let bytes = picture.bytes(format)
        #expect(layout.requiredBytes <= bytes.count)
        let frame = Frame()
        #expect(bytes[0..<layout.requiredBytes].withUnsafeBytes { frame.take($0, layout) })
        #expect(bytes[0..<layout.requiredBytes - 1].withUnsafeBytes { !frame.take($0, layout) })
        #expect(bytes[0..<0].withUnsafeBytes { !frame.take($0, layout) })
        #expect(frame.lumaBytes == picture.y, "a refused picture changes nothing")
    }

    @Test func rowsThatAreTooShortAreRefused() {
        #expect(RawLayout(.yuyv, width: 640, height: 480, stride: 1279, fullRange: false) == nil)
        #expect(RawLayout(.yuyv, width: 641, height: 480, stride: 1282, fullRange: false) == nil)
        #expect(RawLayout(.nv12, width: 641, height: 480, stride: 641, fullRange: false) == nil)
        #expect(RawLayout(.grey, width: 640, height: 480, stride: 639, fullRange: false) == nil)
        #expect(RawLayout(.grey, width: 640, height: 480, stride: Int.max, fullRange: false) == nil)
        #expect(RawLayout(.grey, width: 0, height: 480, stride: 640, fullRange: false) == nil)
    }

    @Test func motionJPEGGivesLumaAtOnceAndColourLater() throws {
        var random = SplitMix(seed: 5)
        var rgb: [UInt8] = []
        for _ in 0..<32 * 24 { rgb += [UInt8](repeating: .random(in: 40...200, using: &random), count: 3) }
        let jpeg = JPEGMaker.encode(rgb, width: 32, height: 24)
        let frame = Frame()
        try jpeg.withUnsafeBytes { try frame.take(jpeg: $0, width: 32, height: 24, room: 9000, decoder: JPEGDecoder()) }
        let luma = frame.lumaBytes
        #expect(luma.indices.allSatisfy { abs(Int(luma[$0]) - Int(rgb[3 * $0])) <= 2 })
        let copy = Frame()
        copy.copy(from: frame)
        let colour = try copy.rgb()
        #expect(colour.indices.allSatisfy { abs(Int(colour[$0]) - Int(rgb[$0])) <= 3 })
        #expect(frame.colourBytes.count == 9000, "room for the source's largest picture is made once")
    }

    @Test func damagedMotionJPEGIsRefused() throws {
        let jpeg = JPEGMaker.encode(SplitMix(seed: 6).firstBytes(32 * 24 * 3), width: 32, height: 24)
        let frame = Frame()
        func take(_ bytes: [UInt8], width: Int = 32) throws(CaptureError) {
            let decoder = JPEGDecoder()
            try bytes.withUnsafeBufferPointer { (bytes) throws(CaptureError) in
                try frame.take(jpeg: UnsafeRawBufferPointer(bytes), width: width, height: 24, room: 0, decoder: decoder)
            }
        }
        try take(jpeg)
        #expect(throws: CaptureError.self, "another size than negotiated") { try take(jpeg, width: 16) }
        #expect(throws: CaptureError.self, "cut short") { try take(Array(jpeg[0..<jpeg.count / 2])) }
        #expect(throws: CaptureError.self, "empty") { try take([]) }
        try take(jpeg + [0, 0, 0, 0])
        try take(jpeg.dropLast(2) + [UInt8](repeating: 0, count: 9) + [0xFF, 0xD9])
    }

    @Test func aTornFrameDoesNotBlindTheDecoder() throws {
        let jpeg = JPEGMaker.encode([UInt8](repeating: 90, count: 16 * 16 * 3), width: 16, height: 16)
        let frame = Frame()
        let decoder = JPEGDecoder()
        func take(_ bytes: ArraySlice<UInt8>) throws(CaptureError) {
            try bytes.withUnsafeBufferPointer { (bytes) throws(CaptureError) in
                try frame.take(jpeg: UnsafeRawBufferPointer(bytes), width: 16, height: 16, room: 0, decoder: decoder)
            }
        }
        for end in 0..<jpeg.count - 2 {
            #expect(throws: CaptureError.self) { try take(jpeg[0..<end]) }
            #expect(throws: Never.self, "after one of \(end) bytes") { try take(jpeg[...]) }
        }
    }
}

extension SplitMix {
    func firstBytes(_ count: Int) -> [UInt8] {
        var copy = self
        return copy.bytes(count)
    }
}
