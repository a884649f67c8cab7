import Attendance

/// What the form about a class says, as it was typed.
struct ClassForm: Sendable, Equatable {
    private var name = ""
    private var present = ""
    private var absent = ""

    init() {}

    init(_ form: PageForm) {
        name = form["name"] ?? ""
        present = form["present_until"] ?? ""
        absent = form["absent_after"] ?? ""
    }

    init(_ found: SchoolClass) {
        name = found.name
        present = found.presentUntil.map(ClassPages.short) ?? ""
        absent = found.absentAfter.map(ClassPages.short) ?? ""
    }

    /// The details, checked in the reader's words.
    func details(_ words: Words) throws(FormRefusal) -> ClassStore.Details {
        guard (try? Name.className.checked(name)) != nil else { throw FormRefusal(words["admin_bad_class_name"]) }
        if present.isEmpty, absent.isEmpty { return ClassStore.Details(name: name) }
        guard let first = try? TimeOfDay(present), let last = try? TimeOfDay(absent), first < last else {
            throw FormRefusal(words["admin_bad_times"])
        }
        return ClassStore.Details(name: name, presentUntil: first, absentAfter: last)
    }

    /// For the template.
    func values(_ words: Words, _ school: ClassTimes) -> [String: Any] {
        [
            // Browsers ask for seconds only where there are some.
            "step": max(present.count, absent.count) > 5 ? "1" : "60", "typedName": name, "typedPresent": present,
            "typedAbsent": absent,
            "timesHint": words(
                "admin_times_hint",
                [
                    "present": ClassPages.short(school.presentUntil), "absent": ClassPages.short(school.absentAfter),
                ]),
        ]
    }
}
