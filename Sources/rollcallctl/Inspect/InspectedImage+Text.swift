import Faces

extension InspectedImage {
    /// A few lines for a person to read; without a line end. The numbers of a descriptor are for `--json`.
    var text: String {
        let count = faces.count == 1 ? "1 face" : "\(faces.count) faces"
        var lines = ["\(path): \(width ?? 0)x\(height ?? 0) pixels, \(faces.isEmpty ? "no face" : count)"]
        for (index, face) in faces.enumerated() { lines += face.lines(number: index + 1) }
        return lines.joined(separator: "\n")
    }
}

extension InspectedFace {
    fileprivate func lines(number: Int) -> [String] {
        var lines = [
            "  face \(number): \(box.width)x\(box.height) pixels at \(box.left),\(box.top), "
                + "confidence \(fixed(box.confidence, 2))",
            "    eyes \(place(landmarks.leftEye)) and \(place(landmarks.rightEye)), nose \(place(landmarks.noseTip)), "
                + "mouth \(place(landmarks.mouth)) (of 68 landmarks)",
            "    quality: " + verdict,
            "      \(fixed(quality.interEyeDistance, 0)) pixels between the eyes, "
                + "brightness \(fixed(quality.brightness, 0)), sharpness \(fixed(quality.sharpness, 3)), "
                + "yaw \(fixed(quality.yaw, 2)), pitch \(fixed(quality.pitch, 2)), roll \(fixed(quality.roll, 0))°",
        ]
        if let descriptor {
            let first = descriptor.values.prefix(4).map { fixed(Double($0), 3) }.joined(separator: ", ")
            let norm = descriptor.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            lines.append("    descriptor: \(first), … (norm \(fixed(Double(norm), 2)); all 128 numbers with --json)")
        }
        if let error { lines.append("    descriptor: \(error)") }
        return lines
    }

    private var verdict: String {
        guard !quality.isGood else { return "good" }
        return quality.reasons.map { "\($0.rawValue) (\($0.advice))" }.joined(separator: ", ")
    }

    private func place(_ point: Point) -> String { "\(fixed(point.x, 0)),\(fixed(point.y, 0))" }
}
