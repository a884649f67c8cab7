import TestSupport
import Testing

@testable import Capture

/// Colours of a frame in a coarse grid, whatever the frame is made of.
@Suite struct ChromaGridTests {
    private let width = 32
    private let height = 16

    /// Red at the left, blue at the right.
    private var rgb: [UInt8] {
        (0..<width * height).flatMap { $0 % width < width / 2 ? [200, 40, 40] : [40, 40, 200] as [UInt8] }
    }

    private func grid(_ frame: Frame) -> (u: [Float], v: [Float])? {
        var (u, v): ([Float], [Float]) = ([], [])
        return frame.chromaGrid(columns: 4, rows: 2, u: &u, v: &v) ? (u, v) : nil
    }

    /// BT.601 as JPEG has it.
    private let red: (u: Float, v: Float) = (-27, 80)
    private let blue: (u: Float, v: Float) = (80, -13)

    private func expect(_ found: (u: [Float], v: [Float]), within: Float) {
        for cell in 0..<8 {
            let wanted = cell % 4 < 2 ? red : blue
            #expect(abs(found.u[cell] - wanted.u) < within && abs(found.v[cell] - wanted.v) < within)
        }
    }

    @Test func ofRGB() throws {
        expect(try #require(grid(Frame(rgb: rgb, width: width, height: height))), within: 0.2)
    }

    @Test func ofJPEG() throws {
        let frame = Frame()
        let jpeg = JPEGMaker.encode(rgb, width: width, height: height)
        frame.resize(width: width, height: height, colour: .jpeg(byteCount: jpeg.count), colourByteCount: jpeg.count)
        frame.colourBytes.overwrite(with: jpeg)
        expect(try #require(grid(frame)), within: 6)
    }

    @Test func aDamagedJPEGHasNone() {
        let frame = Frame()
        frame.resize(width: width, height: height, colour: .jpeg(byteCount: 9), colourByteCount: 9)
        #expect(grid(frame) == nil)
    }

    @Test(arguments: [true, false]) func ofPlanesAndPackedSamples(fullRange: Bool) throws {
        let range: Float = fullRange ? 1 : 224 / 255
        func byte(_ value: Float) -> UInt8 { UInt8((value * range + 128).rounded()) }
        // 4:2:0 in planes.
        let planar = Frame()
        let (layout, count) = ChromaLayout.planar(
            width: width, height: height, horizontalShift: 1, verticalShift: 1, fullRange: fullRange)
        planar.resize(width: width, height: height, colour: .chroma(layout), colourByteCount: count)
        for index in 0..<count / 2 {
            let wanted = index % (width / 2) < width / 4 ? red : blue
            planar.colourBytes[index] = byte(wanted.u)
            planar.colourBytes[count / 2 + index] = byte(wanted.v)
        }
        expect(try #require(grid(planar)), within: 0.7)
        // 4:2:2, packed as YUYV.
        let packed = Frame()
        let yuyv = ChromaLayout(
            u: 1, v: 3, step: 4, rowStride: 2 * width, horizontalShift: 1, verticalShift: 0, fullRange: fullRange)
        packed.resize(width: width, height: height, colour: .chroma(yuyv), colourByteCount: 2 * width * height)
        for sample in 0..<width * height / 2 {
            let wanted = sample % (width / 2) < width / 4 ? red : blue
            packed.colourBytes[4 * sample + 1] = byte(wanted.u)
            packed.colourBytes[4 * sample + 3] = byte(wanted.v)
        }
        expect(try #require(grid(packed)), within: 0.7)
    }

    @Test func greyFramesHaveNoneAndNoGridIsFinerThanHalf() throws {
        let grey = try Frame(luma: [UInt8](repeating: 9, count: width * height), width: width, height: height)
        #expect(grid(grey) == nil)
        var (u, v): ([Float], [Float]) = ([], [])
        let frame = try Frame(rgb: rgb, width: width, height: height)
        #expect(!frame.chromaGrid(columns: 17, rows: 8, u: &u, v: &v))
        #expect(!frame.chromaGrid(columns: 0, rows: 8, u: &u, v: &v))
        // 4:1:1 has fewer samples than that.
        let coarse = Frame()
        let (layout, count) = ChromaLayout.planar(
            width: width, height: height, horizontalShift: 2, verticalShift: 0, fullRange: true)
        coarse.resize(width: width, height: height, colour: .chroma(layout), colourByteCount: count)
        #expect(!coarse.chromaGrid(columns: 16, rows: 8, u: &u, v: &v))
        #expect(coarse.chromaGrid(columns: 8, rows: 8, u: &u, v: &v))
    }
}
