import Testing

@testable import Capture

@Suite struct JPEGFileTests {
    /// Left half red, right half blue.
    private func picture(_ width: Int, _ height: Int) throws -> Frame {
        let row = (0..<width).flatMap { x -> [UInt8] in x < width / 2 ? [255, 0, 0] : [0, 0, 255] }
        return try Frame(rgb: Array(repeatElement(row, count: height).joined()), width: width, height: height)
    }

    @Test(arguments: [(200, 100, 500, 200, 100), (200, 100, 50, 50, 25), (3000, 2, 100, 100, 1), (1, 1, 1, 1, 1)])
    func keepsThePictureAndItsShape(width: Int, height: Int, side: Int, newWidth: Int, newHeight: Int) throws {
        let bytes = try JPEGFile.encode(try picture(width, height), longestSide: side)
        let frame = try ImageFile.load(bytes: bytes)
        #expect(frame.width == newWidth && frame.height == newHeight)
        guard newWidth > 16 else { return }
        var rgb: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 0, top: 0, width: newWidth, height: newHeight), into: &rgb)
        let (left, right) = (Array(rgb.prefix(3)), Array(rgb.suffix(3)))
        #expect(left[0] > 200 && left[2] < 60 && right[2] > 200 && right[0] < 60)
    }

    @Test func aMeanOfAllPixelsStandsForThem() throws {
        let chequered = (0..<64).flatMap { index -> [UInt8] in
            (index + index / 8) % 2 == 0 ? [255, 255, 255] : [0, 0, 0]
        }
        let bytes = try JPEGFile.encode(try Frame(rgb: chequered, width: 8, height: 8), longestSide: 4)
        let frame = try ImageFile.load(bytes: bytes)
        try frame.withLuma { luma in #expect(luma.allSatisfy { 120...136 ~= $0 }) }
    }

    @Test func anEmptyFrameIsRefused() {
        #expect(throws: CaptureError.self) { try JPEGFile.encode(Frame(), longestSide: 10) }
    }
}
