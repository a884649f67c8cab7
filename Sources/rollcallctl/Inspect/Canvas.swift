/// A colour.
struct RGBColour: Equatable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8
}

/// An RGB picture to draw on. What lies outside of it is left out.
struct Canvas {
    /// Interleaved RGB, 3 bytes a pixel, rows without padding.
    private(set) var rgb: [UInt8]
    let width: Int
    let height: Int

    /// - Parameter rgb: `width * height * 3` bytes.
    init(rgb: [UInt8], width: Int, height: Int) {
        precondition(rgb.count == width * height * 3)
        self.rgb = rgb
        self.width = width
        self.height = height
    }

    /// Fills a rectangle; all four sides belong to it.
    mutating func fill(left: Int, top: Int, right: Int, bottom: Int, _ colour: RGBColour) {
        let columns = max(0, left)..<max(max(0, left), min(width, right + 1))
        for y in max(0, top)..<max(max(0, top), min(height, bottom + 1)) {
            for x in columns {
                let at = (y * width + x) * 3
                rgb[at] = colour.red
                rgb[at + 1] = colour.green
                rgb[at + 2] = colour.blue
            }
        }
    }

    /// Draws the border of a rectangle, `thickness` pixels inwards.
    mutating func outline(left: Int, top: Int, right: Int, bottom: Int, thickness: Int, _ colour: RGBColour) {
        let inner = thickness - 1
        fill(left: left, top: top, right: right, bottom: top + inner, colour)
        fill(left: left, top: bottom - inner, right: right, bottom: bottom, colour)
        fill(left: left, top: top, right: left + inner, bottom: bottom, colour)
        fill(left: right - inner, top: top, right: right, bottom: bottom, colour)
    }

    /// Fills a disc.
    mutating func disc(x: Int, y: Int, radius: Int, _ colour: RGBColour) {
        for row in -radius...radius {
            var reach = radius
            // The corner pixels of a small disc belong to it, or it would look like a cross.
            while reach * reach + row * row > radius * radius + radius { reach -= 1 }
            fill(left: x - reach, top: y + row, right: x + reach, bottom: y + row, colour)
        }
    }

    /// Columns and rows of a digit, before it is enlarged.
    static let digitSize = (width: 3, height: 5)

    /// Writes a number in digits of 3x5 squares of `scale` pixels, from their left upper corner.
    mutating func write(_ number: Int, left: Int, top: Int, scale: Int, _ colour: RGBColour) {
        for (place, digit) in String(number).compactMap(\.wholeNumberValue).enumerated() {
            let start = left + place * (Self.digitSize.width + 1) * scale
            for row in 0..<Self.digitSize.height {
                for column in 0..<Self.digitSize.width where Self.digits[digit][row] >> (2 - column) & 1 == 1 {
                    let x = start + column * scale
                    let y = top + row * scale
                    fill(left: x, top: y, right: x + scale - 1, bottom: y + scale - 1, colour)
                }
            }
        }
    }

    /// Rows from the top, the left column is the highest of three bits.
    private static let digits: [[UInt8]] = [
        [0b111, 0b101, 0b101, 0b101, 0b111], [0b010, 0b110, 0b010, 0b010, 0b111], [0b111, 0b001, 0b111, 0b100, 0b111],
        [0b111, 0b001, 0b111, 0b001, 0b111], [0b101, 0b101, 0b111, 0b001, 0b001], [0b111, 0b100, 0b111, 0b001, 0b111],
        [0b111, 0b100, 0b111, 0b101, 0b111], [0b111, 0b001, 0b010, 0b010, 0b010], [0b111, 0b101, 0b111, 0b101, 0b111],
        [0b111, 0b101, 0b111, 0b001, 0b111],
    ]
}
