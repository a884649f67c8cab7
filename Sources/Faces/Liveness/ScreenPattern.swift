#if canImport(Glibc)
    import Glibc
#endif

/// A regular pattern that lies over the face and over what is beside it: the grid of a screen or the dots of a print, or
/// the moire that they and the sensor's grid make together, stand out of the spectrum as peaks (Garcia & de Queiroz, IEEE
/// TIFS 10, 2015, look for them so). Blinds behind a living person have peaks as well, but not in the skin. The power
/// spectra of the looks are averaged, so that chance does not look like a peak (Welch, IEEE Trans. Audio 15, 1967).
struct ScreenPattern: Sendable {
    /// Side of a patch in pixels of the frame, as they come: a reduced frame has no pattern left.
    static let side = 64
    /// The places that are looked at in turn.
    enum Place: Int, CaseIterable, Sendable {
        case face, left, right
    }

    /// How much of the average a new look takes at least.
    private static let share: Float = 0.25
    /// Looks at a place from which its average means something.
    private static let leastLooks = 2
    /// Periods in the patch from which the skin may have a pattern that the face's own forms do not make.
    private static let leastInFace = 9
    /// The same where face and wall must agree.
    private static let leastInBoth = 4

    /// The averaged spectrum of one place.
    private struct Spectrum: Sendable {
        var power = [Float](repeating: 0, count: side * side)
        /// Each place of the spectrum over its surroundings, with the zero in the middle.
        var ratios = [Float](repeating: 1, count: side * side)
        var looks = 0
    }

    private var window: [Float] = []
    private var cosines: [Float] = []
    private var sines: [Float] = []
    private var real = [Float](repeating: 0, count: side * side)
    private var imaginary = [Float](repeating: 0, count: side * side)
    private var spectra = [Spectrum](repeating: Spectrum(), count: Place.allCases.count)
    /// For each place of the spectrum with the zero in the middle how many periods it stands for.
    private let ring: [Int]
    private var rings = [Float](repeating: 0, count: side)
    private var counts = [Float](repeating: 0, count: side)
    private var sums = [Float](repeating: 0, count: (side + 1) * (side + 1))

    init() {
        let count = Self.side
        window = (0..<count).map { 0.5 - 0.5 * cosf(2 * .pi * (Float($0) + 0.5) / Float(count)) }
        cosines = (0..<count / 2).map { cosf(2 * .pi * Float($0) / Float(count)) }
        sines = (0..<count / 2).map { -sinf(2 * .pi * Float($0) / Float(count)) }
        ring = (0..<count * count).map { index in
            let (u, v) = (Float(index % count - count / 2), Float(index / count - count / 2))
            return min(count - 1, Int((u * u + v * v).squareRoot() + 0.5))
        }
    }

    /// Adds the patch around a point of the frame, in pixels; nothing where it lies over the border.
    mutating func add(
        _ place: Place, luma: UnsafeBufferPointer<UInt8>, width: Int, height: Int, stride: Int, x: Int, y: Int
    ) {
        let side = Self.side
        let (left, top) = (x - side / 2, y - side / 2)
        guard left >= 0, top >= 0, left + side <= width, top + side <= height else { return }
        var sum = 0
        for row in 0..<side { for column in 0..<side { sum += Int(luma[(top + row) * stride + left + column]) } }
        let mean = max(1, Float(sum) / Float(side * side))
        for row in 0..<side {
            for column in 0..<side {
                let value = Float(luma[(top + row) * stride + left + column]) / mean - 1
                real[row * side + column] = value * window[row] * window[column]
                imaginary[row * side + column] = 0
            }
        }
        transform()
        average(place.rawValue)
    }

    private mutating func average(_ place: Int) {
        let share = max(Self.share, 1 / Float(spectra[place].looks + 1))
        for index in real.indices {
            let now = real[index] * real[index] + imaginary[index] * imaginary[index]
            spectra[place].power[index] += share * (now - spectra[place].power[index])
        }
        spectra[place].looks += 1
        compareWithSurroundings(place)
    }

    /// Looks at a place so far.
    func looks(_ place: Place) -> Int { spectra[place.rawValue].looks }

    /// Natural logarithm of the highest peak in the skin over its surroundings; nil for too few looks.
    var peakInFace: Double? {
        guard looks(.face) >= Self.leastLooks else { return nil }
        var highest: Float = 1
        for (row, column) in Self.places(from: Self.leastInFace) {
            highest = max(highest, spectra[0].ratios[row * Self.side + column])
        }
        return Double(logf(highest))
    }

    /// The same for a peak that the skin and one side have at the same frequency: the mean of their logarithms.
    var peakInBoth: Double? {
        guard looks(.face) >= Self.leastLooks else { return nil }
        var highest: Float?
        for place in [Place.left, .right] where looks(place) >= Self.leastLooks {
            for (row, column) in Self.places(from: Self.leastInBoth) {
                let index = row * Self.side + column
                // Perspective moves the frequency a little from one place to the other.
                let beside = spectra[place.rawValue].ratios[index]
                guard beside > 1.5 else { continue }
                var face: Float = 0
                for near in [index, index - 1, index + 1, index - Self.side, index + Self.side] {
                    face = max(face, spectra[0].ratios[near])
                }
                highest = max(highest ?? 1, face * beside)
            }
            highest = highest ?? 1
        }
        return highest.map { Double(logf($0)) / 2 }
    }

    /// The upper half of the spectrum from so many periods on, without what the edges of JPEG's 8x8 blocks make.
    private static func places(from least: Int) -> some Sequence<(row: Int, column: Int)> {
        let half = side / 2
        return (5...half).lazy.flatMap { row in
            (5..<side - 5).lazy.compactMap { column in
                let (u, v) = (column - half, row - half)
                return u * u + v * v >= least * least && !isBlockEdge(u, v) ? (row, column) : nil
            }
        }
    }

    private mutating func transform() {
        let side = Self.side
        let (cosines, sines) = (cosines, sines)
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                for row in 0..<side { Self.line(real, imaginary, cosines, sines, start: row * side, step: 1) }
                for column in 0..<side { Self.line(real, imaginary, cosines, sines, start: column, step: side) }
            }
        }
    }

    /// One row or column, by Cooley & Tukey (1965), radix 2.
    private static func line(
        _ real: UnsafeMutableBufferPointer<Float>, _ imaginary: UnsafeMutableBufferPointer<Float>,
        _ cosines: [Float], _ sines: [Float], start: Int, step: Int
    ) {
        var swapped = 0
        for index in 1..<side {
            var bit = side >> 1
            while swapped & bit != 0 {
                swapped ^= bit
                bit >>= 1
            }
            swapped |= bit
            if index < swapped {
                real.swapAt(start + index * step, start + swapped * step)
                imaginary.swapAt(start + index * step, start + swapped * step)
            }
        }
        var length = 2
        while length <= side {
            let half = length / 2
            let turn = side / length
            for first in stride(from: 0, to: side, by: length) {
                for offset in 0..<half {
                    let (cosine, sine) = (cosines[offset * turn], sines[offset * turn])
                    let upper = start + (first + offset) * step
                    let lower = upper + half * step
                    let u = real[lower] * cosine - imaginary[lower] * sine
                    let v = real[lower] * sine + imaginary[lower] * cosine
                    real[lower] = real[upper] - u
                    imaginary[lower] = imaginary[upper] - v
                    real[upper] += u
                    imaginary[upper] += v
                }
            }
            length *= 2
        }
    }

    /// Each 3x3 of the spectrum over the 9x9 around it, after the fall from low to high frequencies is taken out ring by
    /// ring.
    private mutating func compareWithSurroundings(_ place: Int) {
        let side = Self.side
        let half = side / 2
        for index in 0..<side { (rings[index], counts[index]) = (0, 0) }
        for row in 0..<side {
            for column in 0..<side {
                let power = spectra[place].power[((row + half) % side) * side + (column + half) % side]
                rings[ring[row * side + column]] += power
                counts[ring[row * side + column]] += 1
            }
        }
        for index in 0..<side { rings[index] = counts[index] / max(rings[index], 1e-9) }
        // Sums over rectangles.
        for row in 0..<side {
            var line: Float = 0
            for column in 0..<side {
                let power = spectra[place].power[((row + half) % side) * side + (column + half) % side]
                line += power * rings[ring[row * side + column]]
                sums[(row + 1) * (side + 1) + column + 1] = sums[row * (side + 1) + column + 1] + line
            }
        }
        for row in 4...half + 1 {
            for column in 4..<side - 4 {
                let middle = sum(row, column, 1)
                let around = (sum(row, column, 4) - middle) / 72
                spectra[place].ratios[row * side + column] = (middle / 9) / (around + 1e-6)
            }
        }
    }

    private func sum(_ row: Int, _ column: Int, _ reach: Int) -> Float {
        let width = Self.side + 1
        let (top, bottom) = ((row - reach) * width, (row + reach + 1) * width)
        let (left, right) = (column - reach, column + reach + 1)
        return sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left]
    }

    private static func isBlockEdge(_ u: Int, _ v: Int) -> Bool {
        func isMultiple(_ value: Int) -> Bool { (abs(value) + 2) % 8 <= 4 }
        return isMultiple(u) && isMultiple(v) && (abs(u) <= 2 || abs(v) <= 2)
    }
}
