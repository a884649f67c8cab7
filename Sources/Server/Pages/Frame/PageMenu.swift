/// The pages that somebody's menu has.
enum PageMenu {
    struct Entry: Sendable {
        let path: String
        /// A key of the words.
        let label: String
    }

    static func entries(of visitor: Visitor) -> [Entry] {
        switch visitor.caller.role {
        case .student:
            [Entry(path: "/pages/me", label: "menu_me"), Entry(path: "/pages/me/data", label: "menu_my_data")]
        case .teacher:
            [
                Entry(path: "/pages/classes", label: "menu_classes"),
                Entry(path: "/pages/walk-bys", label: "menu_walk_bys"),
            ]
        case .admin:
            [
                Entry(path: "/pages/school", label: "menu_school"),
                Entry(path: "/pages/classes", label: "menu_classes"),
                Entry(path: "/pages/people", label: "menu_people"),
                Entry(path: "/pages/walk-bys", label: "menu_walk_bys"),
                Entry(path: "/pages/calendar", label: "menu_calendar"),
                Entry(path: "/pages/terminals", label: "menu_terminals"),
                Entry(path: "/pages/audit", label: "menu_audit"),
            ]
        }
    }
}
