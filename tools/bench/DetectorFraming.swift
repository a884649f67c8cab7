import Capture
import Faces

/// What another framing of the face does to what comes after: landmarks and descriptors behind a cascade's box beside
/// those behind HOG's, for shifts and scales of the box.
struct Framing {
    let engine: FaceEngine
    let haar: HaarDetector

    private static let downs = [0, 0.05, 0.07, 0.09, 0.11, 0.13]
    private static let scales = [0.82, 0.86, 0.9, 0.94, 0.98, 1.04]

    private struct Pair {
        let frame: Frame
        let face: PixelRectangle
        let landmarks: Landmarks
    }

    func table(of photographs: [Photograph]) throws {
        let pairs = try photographs.compactMap { try pair($0) }
        guard !pairs.isEmpty else { return }
        print("Root of the mean square of the 68 points' distances from those behind HOG's box, in % of the distance")
        print("between the eyes; the median over \(pairs.count) faces:\n")
        print("| down | " + Self.scales.map { "scale \(decimal($0, 2))" }.joined(separator: " | ") + " |")
        print("|---" + String(repeating: "|---:", count: Self.scales.count) + "|")
        for down in Self.downs {
            let cells = try Self.scales.map { scale in
                decimal(median(try pairs.map { try offset($0, down, scale) }) * 100, 2)
            }
            print("| \(decimal(down, 2)) | " + cells.joined(separator: " | ") + " |")
        }
        print("\n| distance of descriptors from HOG's | median | 95 % | largest |\n|---|---:|---:|---:|")
        for (name, down, scale) in [("the cascade's own box", 0.0, 1.0), ("down 0.09, scale 0.94", 0.09, 0.94)] {
            let distances = try pairs.map { pair in
                let ours = try engine.landmarks(in: pair.frame, box: box(of: pair.face, down, scale))
                return Double(
                    try engine.describe(pair.frame, landmarks: ours)
                        .distance(to: engine.describe(pair.frame, landmarks: pair.landmarks)))
            }.sorted()
            let high = distances[min(distances.count - 1, distances.count * 95 / 100)]
            let cells = [median(distances), high, distances.last ?? 0].map { decimal($0, 3) }
            print("| \(name) | " + cells.joined(separator: " | ") + " |")
        }
    }

    /// A face that both see.
    private func pair(_ photograph: Photograph) throws -> Pair? {
        let frame = try photograph.picture.frame()
        let faces = try haar.detect(in: frame, minimumSide: 60)
        guard let face = faces.first(where: { box(of: $0.rectangle, 0, 1).overlap(with: photograph.face) > 0.3 }) else {
            return nil
        }
        return Pair(
            frame: frame, face: face.rectangle, landmarks: try engine.landmarks(in: frame, box: photograph.face))
    }

    private func box(of face: PixelRectangle, _ down: Double, _ scale: Double) -> FaceBox {
        let side = (Double(face.width) * scale).rounded()
        let left = Int((Double(face.left) + (Double(face.width) - side) / 2).rounded())
        let top = Int((Double(face.top) + (Double(face.height) - side) / 2 + down * Double(face.height)).rounded())
        return FaceBox(left: left, top: top, right: left + Int(side) - 1, bottom: top + Int(side) - 1)
    }

    private func offset(_ pair: Pair, _ down: Double, _ scale: Double) throws -> Double {
        let ours = try engine.landmarks(in: pair.frame, box: box(of: pair.face, down, scale))
        var sum = 0.0
        for (a, b) in zip(ours.points, pair.landmarks.points) {
            sum += (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
        }
        return (sum / Double(Landmarks.count)).squareRoot() / pair.landmarks.interEyeDistance
    }
}
