import Faces
import FoundationEssentials
import Identification

/// Who is enrolled and looks like a new photograph of somebody else: perhaps the same person under two names, perhaps
/// two whom a terminal will be unsure of.
enum LookAlikes {
    /// Distance below which somebody is named in the warning: half the margin of the decision rule beyond the distance
    /// up to which it names people, 0.48. Of people enrolled a second time under another name it finds 91 % by one
    /// photograph; of new people among 500 it warns of somebody else with 5 % (docs/recognition.md).
    static let distance = DecisionRule().maximumDistance + DecisionRule().minimumMargin / 2
    /// More are not listed.
    static let most = 5

    /// One person who looks like the photograph.
    struct Person: Sendable, Equatable, Encodable {
        let id: UUID
        let name: String
        let className: String
        /// Between descriptors: 0.3 to 0.5 for most pairs of one person's photographs, 0.6 and more for most others'.
        let distance: Double

        private enum CodingKeys: String, CodingKey {
            case id, name, distance
            case className = "class"
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(id.lowercased, forKey: .id)
            try values.encode(name, forKey: .name)
            try values.encode(className, forKey: .className)
            try values.encode(distance, forKey: .distance)
        }
    }

    /// The nearest of the others, the nearest first.
    static func of(_ face: Descriptor, but person: UUID, in matcher: Matcher) -> [Person] {
        var distances: [Float] = []
        matcher.match(face, distances: &distances)
        let near = distances.indices.filter { index in
            distances[index] < distance && matcher.roster.people[index].id != person
        }
        return near.sorted { distances[$0] < distances[$1] }.prefix(most).map { index in
            let other = matcher.roster.people[index]
            return Person(
                id: other.id, name: other.name, className: other.className,
                distance: Double((distances[index] * 1000).rounded() / 1000))
        }
    }
}
