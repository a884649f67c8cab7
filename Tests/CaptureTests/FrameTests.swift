import CImages
import TestSupport
import Testing

@testable import Capture

@Suite struct FrameTests {
    @Test func lumaOfKnownColours() throws {
        let frame = try Frame(
            rgb: [0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128], width: 3, height: 2)
        #expect(frame.lumaBytes == [0, 255, 76, 150, 29, 128])
    }

    @Test func lumaIsWithinOneOfTheExactSum() throws {
        var random = SplitMix(seed: 1)
        let rgb = random.bytes(3 * 64 * 64)
        let luma = try Frame(rgb: rgb, width: 64, height: 64).lumaBytes
        for i in luma.indices {
            let exact = 0.299 * Double(rgb[3 * i]) + 0.587 * Double(rgb[3 * i + 1]) + 0.114 * Double(rgb[3 * i + 2])
            #expect(abs(Double(luma[i]) - exact) <= 0.51)
        }
    }

    /// Inverse BT.601 as its text has it.
    static func reference(_ y: UInt8, _ u: UInt8, _ v: UInt8, fullRange: Bool) -> [Double] {
        let luma = fullRange ? Double(y) : (Double(y) - 16) * 255 / 219
        let gain = fullRange ? 1.0 : 255.0 / 224
        let (cb, cr) = ((Double(u) - 128) * gain, (Double(v) - 128) * gain)
        let rgb = [luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb]
        return rgb.map { min(max($0, 0), 255) }
    }

    @Test(arguments: [false, true]) func rowsMatchTheStandard(fullRange: Bool) {
        var random = SplitMix(seed: 2)
        let (y, u, v) = (random.bytes(3000), random.bytes(3000), random.bytes(3000))
        var rgb = [UInt8](repeating: 0, count: 9000)
        u.withUnsafeBufferPointer { u in
            v.withUnsafeBufferPointer { v in
                var chroma = images_chroma_row(
                    u: u.baseAddress, v: v.baseAddress, step: 1, shift: 0, first: 0, full_range: fullRange ? 1 : 0)
                images_rgb_row(y, &chroma, 3000, &rgb)
            }
        }
        for i in 0..<3000 {
            let expected = Self.reference(y[i], u[i], v[i], fullRange: fullRange)
            for channel in 0..<3 { #expect(abs(Double(rgb[3 * i + channel]) - expected[channel]) <= 0.52) }
        }
    }

    @Test func whiteAndBlackOfVideoAreWhiteAndBlack() {
        #expect(Self.reference(235, 128, 128, fullRange: false).map { $0.rounded() } == [255, 255, 255])
        var rgb = [UInt8](repeating: 7, count: 6)
        let grey: [UInt8] = [128]
        grey.withUnsafeBufferPointer { grey in
            var chroma = images_chroma_row(
                u: grey.baseAddress, v: grey.baseAddress, step: 1, shift: 1, first: 0, full_range: 0)
            images_rgb_row([235, 16], &chroma, 2, &rgb)
        }
        #expect(rgb == [255, 255, 255, 0, 0, 0])
    }

    @Test func regionOfAnRGBFrame() throws {
        let rgb = (0..<60).map { UInt8($0) }
        let frame = try Frame(rgb: rgb, width: 5, height: 4)
        var part: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 3, top: 2, width: 2, height: 2), into: &part)
        #expect(part == [39, 40, 41, 42, 43, 44, 54, 55, 56, 57, 58, 59])
    }

    @Test func greyHasEqualColours() throws {
        let frame = try Frame(luma: [1, 2, 3, 4, 5, 6], width: 3, height: 2)
        var part: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 1, top: 0, width: 2, height: 2), into: &part)
        #expect(part == [2, 2, 2, 3, 3, 3, 5, 5, 5, 6, 6, 6])
    }

    @Test(arguments: [
        PixelRectangle(left: -1, top: 0, width: 2, height: 2), PixelRectangle(left: 0, top: 0, width: 0, height: 2),
        PixelRectangle(left: 2, top: 0, width: 2, height: 2), PixelRectangle(left: 0, top: 1, width: 2, height: 2),
        PixelRectangle(left: Int.max, top: 0, width: 2, height: 2),
        PixelRectangle(left: 0, top: 0, width: 1, height: Int.max),
        PixelRectangle(left: 0, top: Int.min, width: 1, height: 1),
        PixelRectangle(left: 0, top: 0, width: Int.max, height: 1),
    ])
    func regionsOutsideAreRefused(region: PixelRectangle) throws {
        let frame = try Frame(luma: [1, 2, 3, 4, 5, 6], width: 3, height: 2)
        var part: [UInt8] = []
        #expect(throws: CaptureError.outsideFrame(region: region, width: 3, height: 2)) {
            try frame.copyRGB(region, into: &part)
        }
    }

    @Test func wrongByteCountsAreRefused() {
        #expect(throws: CaptureError.self) { try Frame(rgb: [1, 2], width: 1, height: 1) }
        #expect(throws: CaptureError.self) { try Frame(luma: [], width: 0, height: 0) }
    }

    @Test func copiesAreWhole() throws {
        let original = try Frame(rgb: (0..<27).map { UInt8($0 * 3) }, width: 3, height: 3)
        original.sequence = 9
        original.bootTime = .seconds(4)
        let copy = try Frame(luma: [UInt8](repeating: 1, count: 100), width: 10, height: 10)
        copy.copy(from: original)
        #expect(copy.width == 3 && copy.height == 3 && copy.sequence == 9 && copy.bootTime == .seconds(4))
        #expect(copy.lumaBytes == original.lumaBytes)
        #expect(try copy.rgb() == original.rgb())
    }
}
