import Faces
import FoundationEssentials
import Identification

/// Who is enrolled and looks like a new photograph of somebody else: perhaps the same person under two names, perhaps two
/// between whom a terminal will ask for more.
enum LookAlikes {
    /// More are not listed.
    static let most = 5

    /// One person who looks like the photograph.
    struct Person: Sendable, Equatable, Encodable {
        let id: UUID
        let name: String
        let className: String
        /// The log-likelihood ratio, in nats, that the photograph shows this person.
        let score: Double

        private enum CodingKeys: String, CodingKey {
            case id, name, score
            case className = "class"
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(id.lowercased, forKey: .id)
            try values.encode(name, forKey: .name)
            try values.encode(className, forKey: .className)
            try values.encode(score, forKey: .score)
        }
    }

    /// Others with the score that deserves a warning, the most alike first.
    /// - Parameter own: who is not meant, such as the photograph's person.
    static func of(_ face: Descriptor, but own: Set<UUID>, in identifier: Identifier) -> [Person] {
        let people = identifier.roster.people
        return identifier.scorer.candidates(for: identifier.scorer.probe(face))
            .filter { $0.score >= identifier.point.warning && !own.contains(people[$0.person].id) }
            .prefix(most).map { other in
                let its = people[other.person]
                return Person(
                    id: its.id, name: its.name, className: its.className,
                    score: Double((other.score * 100).rounded() / 100))
            }
    }
}
