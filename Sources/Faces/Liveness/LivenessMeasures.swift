/// What a track's shots say together, as the numbers that the model weighs. Each is made so that 0, or the value of a
/// track that showed little, says nothing.
public struct LivenessMeasures: Sendable, Equatable {
    /// What kind of sign a measure is; the reason that staff read.
    public enum Sign: String, Sendable, Codable, CaseIterable {
        /// What surrounds the face moves with it.
        case carried
        /// The face moves as a plane does.
        case plane
        /// Straight edges all around.
        case edges
        /// A regular pattern.
        case pattern
        /// The light flickers, or bands wander.
        case flicker
        /// Reflections.
        case light
        /// Something was brought before the scene that the camera knows.
        case scene
        /// How much was seen: no sign by itself.
        case amount
    }

    /// A measure's name in the evaluation's document, and what kind of sign it is.
    public struct Kind: Sendable, Equatable {
        /// Words with underscores.
        public let name: String
        /// For the reason.
        public let sign: Sign
    }

    /// In the order of `values`.
    public static let kinds: [Kind] = [
        Kind(name: "motion", sign: .amount),
        Kind(name: "carried_near", sign: .carried),
        Kind(name: "carried_share", sign: .carried),
        Kind(name: "staying_share", sign: .carried),
        Kind(name: "left_over_noise", sign: .plane),
        Kind(name: "points_left_over", sign: .plane),
        Kind(name: "nose_spread", sign: .plane),
        Kind(name: "nose_across_roughness", sign: .plane),
        Kind(name: "nose_down_roughness", sign: .plane),
        Kind(name: "eyes_spread", sign: .plane),
        Kind(name: "eyes_drop", sign: .plane),
        Kind(name: "mouth_spread", sign: .plane),
        Kind(name: "edge_top", sign: .edges),
        Kind(name: "edge_sides", sign: .edges),
        Kind(name: "edge_around", sign: .edges),
        Kind(name: "edge_all", sign: .edges),
        Kind(name: "held_frame", sign: .carried),
        Kind(name: "held_corner", sign: .carried),
        Kind(name: "pattern_in_face", sign: .pattern),
        Kind(name: "pattern_in_both", sign: .pattern),
        Kind(name: "bands_in_face", sign: .flicker),
        Kind(name: "bands_beside", sign: .flicker),
        Kind(name: "flicker", sign: .flicker),
        Kind(name: "saturated", sign: .light),
        Kind(name: "scene_near", sign: .scene),
        Kind(name: "scene_sides", sign: .scene),
        Kind(name: "scene_above", sign: .scene),
        Kind(name: "scene_around", sign: .scene),
        Kind(name: "scene_far", sign: .scene),
        Kind(name: "new_edge_top", sign: .scene),
        Kind(name: "new_edge_sides", sign: .scene),
        Kind(name: "new_edge_around", sign: .scene),
        Kind(name: "new_edge_all", sign: .scene),
        Kind(name: "scene_one_side", sign: .scene),
        Kind(name: "new_edge_corner", sign: .scene),
        Kind(name: "new_edge_one", sign: .scene),
        Kind(name: "scene_corners", sign: .scene),
        Kind(name: "scene_body", sign: .scene),
        Kind(name: "scene_carried", sign: .scene),
        Kind(name: "scene_standing", sign: .scene),
    ]

    /// In the order of `kinds`; those of the scene say nothing where it is not known.
    public var values: [Double]
    /// Whether the scene is known.
    public var knowsScene = false

    /// How far the plane's signs count, 0 to 1: a face that hardly moved moved like a plane in any case.
    var planeShare: Double { min(1, max(0, (values[0] + 1.2) / 1.2)) }

    /// What of a value lies above what living people reach: below it says nothing.
    static func above(_ bound: Double, _ value: Double) -> Double { max(0, value - bound) }
}
