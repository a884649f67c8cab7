import FoundationEssentials

/// Who sent a request: the account behind a good access token, as the database has it now and not as the token says.
struct Caller: Sendable, Equatable {
    let id: UUID
    let role: Role
    /// The login that the token belongs to.
    let session: UUID
    /// The ids of the classes that they teach; empty for everybody but teachers.
    let teaches: Set<UUID>
}
