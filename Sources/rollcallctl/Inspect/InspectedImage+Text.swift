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
            "    quality: \(verdict(quality.reasons)), score \(fixed(quality.score, 2))",
            "      \(fixed(quality.interEyeDistance, 0)) pixels between the eyes, "
                + "\(fixed(quality.shareInside * 100, 0)) % of the face's surroundings inside, "
                + "yaw \(fixed(quality.yaw, 2)), pitch \(fixed(quality.pitch, 2)), roll \(fixed(quality.roll, 0))°",
            "      brightness \(fixed(quality.brightness, 0)), contrast \(fixed(quality.contrast, 0)), "
                + "dynamic range \(fixed(quality.dynamicRange, 1)) bits, "
                + "black \(fixed(quality.underExposure * 100, 0)) %, white \(fixed(quality.overExposure * 100, 0)) %, "
                + "left and right alike \(fixed(quality.illuminationUniformity, 2)), "
                + "sharpness \(fixed(quality.sharpness, 3)), noise \(fixed(quality.noise, 1))",
            "      eyes open \(fixed(quality.eyeOpening, 3)), lit \(fixed(quality.eyeHighlight, 2)), "
                + "glare \(fixed(quality.eyeGlare * 100, 0)) %, glasses \(fixed(quality.glasses, 2)), "
                + "mouth open \(fixed(quality.mouthOpening, 3)), wide \(fixed(quality.mouthWidth, 2)), "
                + "texture \(fixed(quality.mouthTexture, 2)), landmarks off \(fixed(quality.landmarkMisfit, 3))",
            "    for enrolment: \(verdict(enrolmentReasons))",
        ]
        lines += EnrolmentAdvice.about(quality).map { "      " + $0.text }
        if let descriptor {
            let first = descriptor.values.prefix(4).map { fixed(Double($0), 3) }.joined(separator: ", ")
            let norm = descriptor.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            lines.append("    descriptor: \(first), … (norm \(fixed(Double(norm), 2)); all 128 numbers with --json)")
        }
        if let error { lines.append("    descriptor: \(error)") }
        return lines
    }

    private func verdict(_ reasons: [QualityReason]) -> String {
        reasons.isEmpty ? "good" : reasons.map { "\($0.rawValue) (\($0.advice))" }.joined(separator: ", ")
    }

    private func place(_ point: Point) -> String { "\(fixed(point.x, 0)),\(fixed(point.y, 0))" }
}
