import Faces
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// What became of a photograph, in the reader's words.
struct PhotographVerdictPart {
    let status: HTTPResponse.Status
    /// In one or two words.
    private let headline: String
    /// The class of the notice: good, bad, or neither for what changes nothing.
    private let kind: String
    /// What is to be done about it, or could be better.
    private let advice: [String]
    private var missing: [String] = []
    private var lookAlikes: [[String: Any]] = []

    init(_ taken: PhotographDesk.Taken, _ words: Words) {
        let isNew = taken.photograph != nil
        status = isNew ? .created : .ok
        kind = isNew ? "good" : ""
        headline = words[isNew ? "admin_verdict_accepted" : "admin_verdict_known"]
        advice = isNew ? taken.face.advice.map { words["admin_advice_\($0.rawValue)"] } : []
        missing = taken.missing.map { words["admin_advice_\($0.rawValue)"] }
        lookAlikes = taken.lookAlikes.map { other in
            [
                "path": PersonPages.path(other.id),
                "label": words("admin_look_alike", ["name": other.name, "class": other.className]),
            ]
        }
    }

    /// nil for an error that is not about the photograph: the reader may not do this, or there is no such person.
    init?(_ error: any Error, _ words: Words) {
        switch error {
        case EnrolmentError.noFace: self.init(bad: words, .unprocessableContent, ["admin_no_face"])
        case EnrolmentError.severalFaces(let count):
            self.init(bad: words, .unprocessableContent, [], [words("admin_several_faces", ["count": "\(count)"])])
        case EnrolmentError.poorQuality(let reasons):
            self.init(bad: words, .unprocessableContent, reasons.map { "admin_quality_\($0)" })
        case EnrolmentError.vision, ServerError.models:
            self.init(bad: words, .serviceUnavailable, ["admin_models_unavailable"])
        case PhotographDesk.Refusal.noConsent: self.init(bad: words, .conflict, ["admin_enrol_no_consent"])
        case PhotographDesk.Refusal.noStudent: self.init(bad: words, .conflict, ["admin_enrol_no_student"])
        case PhotographDesk.Refusal.noRoom(let limit):
            self.init(bad: words, .conflict, [], [words("admin_no_room", ["limit": "\(limit)"])])
        case let problem as Problem:
            guard let key = Self.keys[problem.status.code] else { return nil }
            self.init(bad: words, problem.status, [key])
        default: return nil
        }
    }

    private init(bad words: Words, _ status: HTTPResponse.Status, _ keys: [String], _ texts: [String] = []) {
        self.status = status
        kind = "bad"
        headline = words["admin_verdict_refused"]
        advice = keys.map { words[$0] } + texts
    }

    /// What is said of problems on the way.
    private static let keys = [
        400: "admin_no_picture", 408: "admin_too_slow", 413: "admin_too_large", 415: "admin_no_picture",
        422: "admin_no_picture", 503: "admin_busy",
    ]

    /// For the template.
    var values: [String: Any] {
        [
            "headline": headline, "kind": kind, "hasAdvice": !advice.isEmpty, "advice": advice.map { ["text": $0] },
            "isMissing": !missing.isEmpty, "missing": missing.map { ["text": $0] },
            "hasLookAlikes": !lookAlikes.isEmpty, "lookAlikes": lookAlikes,
        ]
    }
}
