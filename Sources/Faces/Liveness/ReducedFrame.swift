import CImages
import Capture

/// A frame's luma in cells of about a 160th of its width: small enough that a whole scene is compared in a fraction of a
/// millisecond, and still some twenty cells for a face.
struct ReducedFrame: Sendable {
    /// Most cells across.
    static let mostColumns = 160

    private(set) var columns = 0
    private(set) var rows = 0
    /// Pixels of a cell's side.
    private(set) var cell = 1.0
    /// Mean luma, row by row.
    var means: [Float] = []
    /// U and V of cells twice as wide and high, row by row; worth nothing without `hasColour`.
    var u: [Float] = []
    var v: [Float] = []
    /// Whether the colours were reduced as well.
    private(set) var hasColour = false
    private var line: [UInt16] = []

    /// Reduces a frame, into the buffers it has.
    mutating func reduce(_ frame: Frame) {
        hasColour = false
        columns = min(Self.mostColumns, frame.width)
        cell = Double(frame.width) / Double(max(columns, 1))
        rows = min(max(1, Int((Double(frame.height) / cell).rounded())), frame.height)
        if means.count != columns * rows { means = [Float](repeating: 0, count: columns * rows) }
        if line.count < frame.width { line = [UInt16](repeating: 0, count: frame.width) }
        frame.withLuma { luma in
            images_grid(
                luma.baseAddress, Int32(frame.width), Int32(frame.height), frame.lumaStride, Int32(columns),
                Int32(rows), &line, &means)
        }
    }

    /// Reduces the colours of the frame that was reduced last, where it has some: dearer than luma, since an MJPEG frame is
    /// decoded for it.
    mutating func reduceColour(_ frame: Frame) {
        hasColour = frame.chromaGrid(columns: columns / 2, rows: rows / 2, u: &u, v: &v)
    }

    /// The same in a byte a cell, to be kept for a while.
    var packed: Packed {
        func bytes(_ values: [Float], _ middle: Float) -> [UInt8] {
            values.map { UInt8(min(255, max(0, $0 + middle + 0.5))) }
        }
        return Packed(
            columns: columns, rows: rows, means: bytes(means, 0), u: hasColour ? bytes(u, 128) : [],
            v: hasColour ? bytes(v, 128) : [])
    }

    /// A frame that is kept for a while: 29 kB.
    struct Packed: Sendable {
        let columns: Int
        let rows: Int
        let means: [UInt8]
        /// Shifted by 128; nothing where the frame has no colour.
        let u: [UInt8]
        let v: [UInt8]
    }

    /// Takes the cells of a packed frame.
    init(_ packed: Packed) {
        (columns, rows) = (packed.columns, packed.rows)
        means = packed.means.map(Float.init)
        hasColour = !packed.u.isEmpty
        u = packed.u.map { Float($0) - 128 }
        v = packed.v.map { Float($0) - 128 }
    }

    /// A frame without anything.
    init() {}

    /// A place of the frame, in pixels, in cells.
    func place(_ point: Point) -> (x: Float, y: Float) {
        (Float((point.x + 0.5) / cell - 0.5), Float((point.y + 0.5) / cell - 0.5))
    }

    /// Lends the cells for reading between them.
    func withCells<R>(_ body: (Cells) -> R) -> R {
        means.withUnsafeBufferPointer { body(Cells(means: $0, columns: columns, rows: rows)) }
    }

    /// The cells, while they are lent.
    struct Cells {
        let means: UnsafeBufferPointer<Float>
        let columns: Int
        let rows: Int

        /// True when a place and its neighbours lie inside.
        func holds(_ x: Float, _ y: Float) -> Bool {
            x >= 1 && y >= 1 && x < Float(columns - 2) && y < Float(rows - 2)
        }

        /// The brightness at a place that is held, bilinear.
        func at(_ x: Float, _ y: Float) -> Float {
            let column = Int(x)
            let row = Int(y)
            let fx = x - Float(column)
            let fy = y - Float(row)
            let index = row * columns + column
            let upper = means[index] + fx * (means[index + 1] - means[index])
            let lower = means[index + columns] + fx * (means[index + columns + 1] - means[index + columns])
            return upper + fy * (lower - upper)
        }
    }
}
