import Attendance
import Faces
import FoundationEssentials

/// That a person has consented to templates, or no longer does.
struct ConsentBody: RequestBody {
    let given: Bool
    /// Where the consent is on record, as "form of 2026-09-01, in the file".
    let note: String?

    static let wireName = "consent"
    enum CodingKeys: CodingKey, CaseIterable { case given, note }

    static let longestNote = 500

    /// - Throws: 400 for a note that is no one line of at most 500 characters.
    func checkedNote() throws(Problem) -> String? {
        guard let note else { return nil }
        guard Self.isNote(note) else {
            throw .badRequest("note: give one line of 1 to \(Self.longestNote) characters, or leave it out")
        }
        return note
    }

    /// Whether it is one line that is short enough.
    static func isNote(_ text: String) -> Bool {
        let isLine = !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        return isLine && 1...longestNote ~= text.unicodeScalars.count
    }
}

/// A photograph that was enrolled, as it is sent: times in the school's time zone.
struct EnrolledPhotographAnswer: Sendable, Encodable {
    let photograph: EnrolledPhotograph
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case id, quality, model
        case created = "created_at"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(photograph.id.lowercased, forKey: .id)
        try values.encode(photograph.quality, forKey: .quality)
        try values.encode(photograph.model, forKey: .model)
        try values.encode(zone.text(of: photograph.created), forKey: .created)
    }
}

/// What became of a photograph that is good enough.
struct PhotographAnswer: Encodable, Sendable {
    enum Verdict: String, Encodable, Sendable {
        case accepted
        /// The very same photograph was enrolled before.
        case known
    }

    let verdict: Verdict
    /// The photograph as it is listed; nil for one that was known.
    let photograph: EnrolledPhotographAnswer?
    let measures: Measures
    /// What could be better about it.
    let advice: [EnrolmentAdvice.Message]
    /// What is missing among all photographs of the person, this one among them.
    let missing: [EnrolmentAdvice.Message]
    /// Who else looks like it.
    let warnings: [LookAlikes.Person]

    private enum CodingKeys: CodingKey { case verdict, photograph, measures, advice, missing, warnings }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(verdict, forKey: .verdict)
        try values.encode(photograph, forKey: .photograph)
        try values.encode(measures, forKey: .measures)
        try values.encode(advice, forKey: .advice)
        try values.encode(missing, forKey: .missing)
        try values.encode(warnings, forKey: .warnings)
    }

    /// The measures of the face.
    struct Measures: Encodable, Sendable {
        let quality: FaceQuality

        private enum CodingKeys: String, CodingKey {
            case brightness, contrast, noise, sharpness, yaw, pitch, score
            case interEyeDistance = "inter_eye_distance_px"
            case roll = "roll_degrees"
            case eyeOpening = "eye_opening"
            case mouthOpening = "mouth_opening"
            case showsGlasses = "shows_glasses"
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(quality.interEyeDistance, forKey: .interEyeDistance)
            try values.encode(quality.brightness, forKey: .brightness)
            try values.encode(quality.contrast, forKey: .contrast)
            try values.encode(quality.noise, forKey: .noise)
            try values.encode(quality.sharpness, forKey: .sharpness)
            try values.encode(quality.yaw, forKey: .yaw)
            try values.encode(quality.pitch, forKey: .pitch)
            try values.encode(quality.roll, forKey: .roll)
            try values.encode(quality.eyeOpening, forKey: .eyeOpening)
            try values.encode(quality.mouthOpening, forKey: .mouthOpening)
            try values.encode(quality.showsGlasses, forKey: .showsGlasses)
            try values.encode(quality.score, forKey: .score)
        }
    }
}
