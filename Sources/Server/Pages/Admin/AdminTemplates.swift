extension PageLibrary {
    /// What an admin sees.
    static let adminTemplates: [String: String] = [
        adminSchoolTemplates, adminPeopleTemplates, adminEnrolmentTemplates, adminClassTemplates, adminWalkByTemplates,
        adminAuditTemplates,
    ].reduce(into: [:]) { $0.merge($1) { $1 } }
}
