import Faces

extension InspectedImage: Encodable {
    private enum Key: String, CodingKey {
        case image, width, height, faces, error
    }

    /// Every key is always there; what is not known is null.
    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(path, forKey: .image)
        try object.encode(width, forKey: .width)
        try object.encode(height, forKey: .height)
        try object.encode(faces, forKey: .faces)
        try object.encode(error, forKey: .error)
    }
}

extension InspectedFace: Encodable {
    private enum Key: String, CodingKey {
        case box, landmarks, quality, enrolment, descriptor, error
    }

    private enum BoxKey: String, CodingKey {
        case left, top, right, bottom, confidence
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        var box = object.nestedContainer(keyedBy: BoxKey.self, forKey: .box)
        try box.encode(self.box.left, forKey: .left)
        try box.encode(self.box.top, forKey: .top)
        try box.encode(self.box.right, forKey: .right)
        try box.encode(self.box.bottom, forKey: .bottom)
        try box.encode(self.box.confidence, forKey: .confidence)

        try object.encode(landmarks.points.map { [$0.x, $0.y] }, forKey: .landmarks)

        try object.encode(QualityJSON(quality: quality), forKey: .quality)
        try object.encode(EnrolmentJSON(face: self), forKey: .enrolment)

        try object.encode(descriptor?.values, forKey: .descriptor)
        try object.encode(error, forKey: .error)
    }
}
