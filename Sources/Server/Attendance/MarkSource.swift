import FoundationEssentials

/// Where a mark comes from.
enum MarkSource: Sendable, Equatable {
    /// A terminal, by its id.
    case terminal(UUID)
    /// A photograph that somebody sent, which nobody vouches for.
    case upload

    /// As it is stored and shown.
    var name: String {
        switch self {
        case .terminal: "terminal"
        case .upload: "upload"
        }
    }

    var terminal: UUID? { if case .terminal(let id) = self { id } else { nil } }
}
