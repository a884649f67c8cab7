/// What a person is at the school, and so what their account may do; `Access` has the table.
public enum Role: String, Sendable, Codable, CaseIterable {
    case admin, teacher, student
}
