import Faces

/// What the server would say of a face as a photograph for enrolment.
struct EnrolmentJSON: Encodable {
    let good: Bool
    let reasons: [QualityReason]
    let advice: [EnrolmentAdvice.Message]

    init(face: InspectedFace) {
        good = face.enrolmentReasons.isEmpty
        reasons = face.enrolmentReasons
        advice = EnrolmentAdvice.about(face.quality).map(\.message)
    }
}

/// The document of `inspect --json --one-person`.
struct OnePersonJSON: Encodable {
    let images: [InspectedImage]
    let advice: [EnrolmentAdvice.Message]
}
