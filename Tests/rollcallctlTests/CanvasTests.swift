import Testing

@testable import rollcallctl

@Suite struct CanvasTests {
    private let red = RGBColour(red: 255, green: 0, blue: 0)

    /// The picture as text: a hash for each pixel that is not black.
    private func rows(_ canvas: Canvas) -> [String] {
        (0..<canvas.height).map { y in
            String((0..<canvas.width).map { x in canvas.rgb[(y * canvas.width + x) * 3] > 0 ? "#" : "." })
        }
    }

    private func canvas(_ width: Int, _ height: Int, _ draw: (inout Canvas) -> Void) -> [String] {
        var canvas = Canvas(rgb: [UInt8](repeating: 0, count: width * height * 3), width: width, height: height)
        draw(&canvas)
        return rows(canvas)
    }

    @Test func anOutlineIsInside() {
        #expect(
            canvas(6, 5) { $0.outline(left: 1, top: 1, right: 4, bottom: 3, thickness: 1, red) } == [
                "......", ".####.", ".#..#.", ".####.", "......",
            ])
    }

    @Test func whatReachesOverTheBorderIsCut() {
        #expect(
            canvas(4, 3) { $0.outline(left: -2, top: -2, right: 2, bottom: 1, thickness: 1, red) } == [
                "..#.", "###.", "....",
            ])
        #expect(canvas(4, 3) { $0.fill(left: 10, top: 10, right: 20, bottom: 20, red) }.joined() == "............")
        #expect(canvas(4, 3) { $0.fill(left: -9, top: -9, right: -5, bottom: -5, red) }.joined() == "............")
        #expect(canvas(2, 2) { $0.fill(left: -9, top: -9, right: 99, bottom: 99, red) }.joined() == "####")
    }

    @Test func discs() {
        #expect(canvas(5, 5) { $0.disc(x: 2, y: 2, radius: 1, red) } == [".....", ".###.", ".###.", ".###.", "....."])
        #expect(canvas(5, 5) { $0.disc(x: 2, y: 2, radius: 2, red) } == [".###.", "#####", "#####", "#####", ".###."])
        #expect(canvas(3, 3) { $0.disc(x: 0, y: 0, radius: 1, red) } == ["##.", "##.", "..."])
    }

    @Test func digitsAreReadable() {
        #expect(
            canvas(7, 5) { $0.write(10, left: 0, top: 0, scale: 1, red) } == [
                ".#..###", "##..#.#", ".#..#.#", ".#..#.#", "###.###",
            ])
        #expect(
            canvas(6, 10) { $0.write(7, left: 0, top: 0, scale: 2, red) }.prefix(3) == ["######", "######", "....##"])
    }

    @Test func theColourIsTheOneGiven() {
        var canvas = Canvas(rgb: [0, 0, 0], width: 1, height: 1)
        canvas.fill(left: 0, top: 0, right: 0, bottom: 0, RGBColour(red: 1, green: 2, blue: 3))
        #expect(canvas.rgb == [1, 2, 3])
    }
}

@Suite struct FixedTests {
    @Test(arguments: [
        (1.005, 1, "1.0"), (-0.04, 1, "0.0"), (-0.06, 1, "-0.1"), (12.345, 2, "12.35"), (0.0449, 3, "0.045"),
        (99.5, 0, "100"), (.infinity, 2, "inf"), (.nan, 2, "nan"), (1e300, 2, "1e+300"),
    ])
    func numbers(value: Double, places: Int, text: String) {
        #expect(fixed(value, places) == text)
    }
}
