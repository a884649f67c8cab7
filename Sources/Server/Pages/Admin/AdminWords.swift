extension Words {
    /// What the pages of an admin say.
    static let adminWords: [Language: [String: String]] = [
        adminSchoolWords, adminPeopleWords, adminEnrolmentWords, adminClassWords, adminWalkByWords, adminAuditWords,
    ].reduce(into: [:]) { all, part in all.merge(part) { $0.merging($1) { $1 } } }
}
