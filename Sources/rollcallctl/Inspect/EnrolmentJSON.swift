import Faces

/// What the server would say of a face as a photograph for enrolment.
struct EnrolmentJSON: Encodable {
    let good: Bool
    let reasons: [QualityReason]
    let advice: [AdviceJSON]

    init(face: InspectedFace) {
        good = face.enrolmentReasons.isEmpty
        reasons = face.enrolmentReasons
        advice = EnrolmentAdvice.about(face.quality).map(AdviceJSON.init)
    }
}

/// A piece of advice: a word for programs, a sentence for people.
struct AdviceJSON: Encodable {
    let code: String
    let text: String

    init(_ advice: EnrolmentAdvice) {
        code = advice.rawValue
        text = advice.text
    }
}

/// The document of `inspect --json --one-person`.
struct OnePersonJSON: Encodable {
    let images: [InspectedImage]
    let advice: [AdviceJSON]
}
