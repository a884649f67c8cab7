/// What would make a person's photographs better: nothing is refused for it. The raw values are for programs, `text` is
/// for people.
public enum EnrolmentAdvice: String, Sendable, Codable, CaseIterable {
    case eyesShut = "eyes_shut"
    case notNeutral = "not_neutral"
    case notFrontal = "not_frontal"
    case uneven = "uneven_light"

    case onlyOne = "only_one"
    case noFrontal = "no_frontal"
    case noNeutral = "no_neutral"
    case oneAngle = "one_angle"
    case glassesInAll = "glasses_in_all"
    case tooAlike = "too_alike"
    case perhapsTwoPeople = "perhaps_two_people"

    /// One sentence: what to do.
    public var text: String {
        switch self {
        case .eyesShut: "The eyes look shut: open them."
        case .notNeutral: "The face seems to laugh or speak: close the mouth and look calm."
        case .notFrontal: "The head is turned: look straight into the camera."
        case .uneven: "One side of the face is much darker: stand so that the light comes from in front."
        case .onlyOne: "There is one photograph: add a second one, of another day."
        case .noFrontal: "No photograph looks straight into the camera: add one that does."
        case .noNeutral: "No photograph shows a calm face with the mouth shut: add one."
        case .oneAngle: "All photographs show the face from one side: add one with the head turned a little."
        case .glassesInAll: "All photographs seem to show glasses: add one without them, unless they are always worn."
        case .tooAlike: "The photographs are nearly the same: add one of another day or in other light."
        case .perhapsTwoPeople:
            "Two photographs are so different that they may show two people: look whether each shows the right person."
        }
    }

    /// A piece of advice as it stands in a document.
    public struct Message: Sendable, Equatable, Encodable {
        /// For programs.
        public let code: EnrolmentAdvice
        /// For people.
        public let text: String
    }

    /// For programs and people.
    public var message: Message { Message(code: self, text: text) }

    /// What could be better about one photograph that is good enough.
    public static func about(_ quality: FaceQuality) -> [EnrolmentAdvice] {
        let view = EnrolledView(quality)
        var advice: [EnrolmentAdvice] = []
        if quality.eyeOpening < EnrolledView.shutEyes { advice.append(.eyesShut) }
        if !view.isNeutral { advice.append(.notNeutral) }
        if !view.isFrontal { advice.append(.notFrontal) }
        if quality.illuminationUniformity < EnrolledView.unevenLight { advice.append(.uneven) }
        return advice
    }

    /// What is missing among the photographs of one person.
    /// - Parameters:
    ///   - descriptors: of every photograph.
    ///   - views: what is known of the photographs' faces; fewer than `descriptors` where some are not known, and then
    ///     nothing is said to be missing for want of knowing.
    public static func missing(among descriptors: [Descriptor], views: [EnrolledView]) -> [EnrolmentAdvice] {
        guard !descriptors.isEmpty else { return [] }
        var advice: [EnrolmentAdvice] = []
        let distances = pairs(of: descriptors)
        if distances.contains(where: { $0 > twoPeople }) { advice.append(.perhapsTwoPeople) }
        if descriptors.count == 1 { advice.append(.onlyOne) }
        if views.count == descriptors.count {
            if !views.contains(where: \.isFrontal) { advice.append(.noFrontal) }
            if !views.contains(where: \.isNeutral) { advice.append(.noNeutral) }
            if views.allSatisfy(\.showsGlasses) { advice.append(.glassesInAll) }
        }
        guard descriptors.count > 1 else { return advice }
        if let greatest = distances.max(), greatest < oneSitting {
            advice.append(.tooAlike)
        } else if views.count == descriptors.count, EnrolledView.spread(of: views) < leastSpread {
            advice.append(.oneAngle)
        }
        return advice
    }

    /// Beyond it are 97.5 % of the pairs of two people and 0.4 % of the pairs of one, of 2337 public figures.
    private static let twoPeople: Float = 0.65
    /// Within it is one half of the pairs of frames that are a third of a second apart, and 1 % of pairs of two takes.
    private static let oneSitting: Float = 0.2
    /// In units of `FaceQuality.yaw`: about 6 degrees.
    private static let leastSpread = 0.1

    private static func pairs(of descriptors: [Descriptor]) -> [Float] {
        descriptors.indices.flatMap { first in
            descriptors[..<first].map { $0.distance(to: descriptors[first]) }
        }
    }
}

/// What the advice about several photographs needs to know of one.
public struct EnrolledView: Sendable, Equatable {
    /// As in `FaceQuality`.
    public var yaw: Double
    /// As in `FaceQuality`.
    public var mouthOpening: Double
    /// As in `FaceQuality`.
    public var mouthWidth: Double
    /// As in `FaceQuality`.
    public var showsGlasses: Bool

    /// A view from measures that were kept.
    public init(yaw: Double, mouthOpening: Double, mouthWidth: Double, showsGlasses: Bool) {
        self.yaw = yaw
        self.mouthOpening = mouthOpening
        self.mouthWidth = mouthWidth
        self.showsGlasses = showsGlasses
    }

    /// The view that a face's measures give.
    public init(_ quality: FaceQuality) {
        self.init(
            yaw: quality.yaw, mouthOpening: quality.mouthOpening, mouthWidth: quality.mouthWidth,
            showsGlasses: quality.showsGlasses)
    }

    /// About 14 degrees to a side, beyond what 102 portraits that were meant to be frontal have.
    public var isFrontal: Bool { abs(yaw) < 0.25 }
    /// Of 51 neutral portraits all are within both bounds, and of 51 smiling ones one in three.
    public var isNeutral: Bool { mouthOpening < 0.04 && mouthWidth < 0.95 }

    static let shutEyes = 0.035
    static let unevenLight = 0.35

    /// The greatest difference of yaw between two views.
    static func spread(of views: [EnrolledView]) -> Double {
        let yaws = views.map(\.yaw)
        return (yaws.max() ?? 0) - (yaws.min() ?? 0)
    }
}
