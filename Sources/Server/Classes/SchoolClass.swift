import Attendance
import FoundationEssentials

/// A class of the school.
struct SchoolClass: Sendable, Equatable, Encodable {
    let id: UUID
    /// As terminals and people know it; unique.
    let name: String
    /// Boundaries of its own; nil for the school's.
    let presentUntil: TimeOfDay?
    let absentAfter: TimeOfDay?
    /// The ids of those who teach it.
    let teachers: [UUID]

    private enum CodingKeys: String, CodingKey {
        case id, name, teachers
        case presentUntil = "present_until"
        case absentAfter = "absent_after"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.lowercased, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(presentUntil, forKey: .presentUntil)
        try values.encode(absentAfter, forKey: .absentAfter)
        try values.encode(teachers.map(\.lowercased), forKey: .teachers)
    }
}
