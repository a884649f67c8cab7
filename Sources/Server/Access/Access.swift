import FoundationEssentials

/// Who may do what. This is the one place that says so; routes ask it and decide nothing themselves.
enum Access {
    /// What an account can ask for.
    enum Action: String, Sendable, CaseIterable {
        // Accounts and people.
        case listPeople, createPerson, readPerson, changePerson, changeOwnDetails, removePerson
        case recordConsent, withdrawOwnConsent, enrolPhotograph, readEnrolment, readImage, changeImage
        // Classes and the calendar.
        case listClasses, changeClasses, readCalendar, changeCalendar
        // Attendance.
        case readOwnAttendance, readAttendanceOfStudents, readAllAttendance, readAttendanceOfClass
        case readAttendanceOfStudent, correctAttendance, excuse, readMarks, voidMark, readAudit, exportAttendance
        case readWalkBys, decideWalkBy
        // Terminals and the server itself.
        case readTerminals, changeTerminals, readDeletion, sendReports
    }

    /// Over what an action may be done.
    enum Reach: Sendable {
        case nobody
        /// The caller's own person.
        case own
        /// A class that the caller teaches, and the students in it.
        case taught
        /// Both.
        case ownAndTaught
        case everybody
    }

    /// What an action is done to.
    enum Object: Sendable, Equatable {
        /// The school, or whatever has no owner.
        case school
        /// A person and their class; the class is nil for one that there is not.
        case person(UUID, classID: UUID?)
        /// A class.
        case ofClass(UUID)
    }

    static func reach(of role: Role, _ action: Action) -> Reach {
        let row = table[action] ?? (.nobody, .nobody, .nobody)
        switch role {
        case .admin: return row.admin
        case .teacher: return row.teacher
        case .student: return row.student
        }
    }

    /// Every action has a row; a test sees to it.
    static let table: [Action: (admin: Reach, teacher: Reach, student: Reach)] = [
        .listPeople: (.everybody, .nobody, .nobody),
        .createPerson: (.everybody, .nobody, .nobody),
        .readPerson: (.everybody, .ownAndTaught, .own),
        .changePerson: (.everybody, .nobody, .nobody),
        .changeOwnDetails: (.own, .own, .own),
        .removePerson: (.everybody, .nobody, .nobody),
        .recordConsent: (.everybody, .nobody, .nobody),
        .withdrawOwnConsent: (.nobody, .nobody, .own),
        .enrolPhotograph: (.everybody, .nobody, .nobody),
        .readEnrolment: (.everybody, .taught, .own),
        .readImage: (.everybody, .ownAndTaught, .own),
        .changeImage: (.everybody, .own, .own),

        .listClasses: (.everybody, .everybody, .nobody),
        .changeClasses: (.everybody, .nobody, .nobody),
        .readCalendar: (.everybody, .everybody, .everybody),
        .changeCalendar: (.everybody, .nobody, .nobody),

        .readOwnAttendance: (.own, .own, .own),
        .readAttendanceOfStudents: (.nobody, .taught, .nobody),
        .readAllAttendance: (.everybody, .nobody, .nobody),
        .readAttendanceOfClass: (.everybody, .taught, .nobody),
        .readAttendanceOfStudent: (.everybody, .taught, .own),
        .correctAttendance: (.everybody, .taught, .nobody),
        .excuse: (.everybody, .taught, .nobody),
        .readMarks: (.everybody, .taught, .nobody),
        .voidMark: (.everybody, .taught, .nobody),
        .readWalkBys: (.everybody, .taught, .nobody),
        .decideWalkBy: (.everybody, .taught, .nobody),
        .readAudit: (.everybody, .nobody, .nobody),
        .exportAttendance: (.everybody, .taught, .nobody),

        .readTerminals: (.everybody, .nobody, .nobody),
        .changeTerminals: (.everybody, .nobody, .nobody),
        .readDeletion: (.everybody, .nobody, .nobody),
        .sendReports: (.everybody, .nobody, .nobody),
    ]
}

extension Caller {
    /// Whether the caller may do this to that.
    func may(_ action: Access.Action, _ object: Access.Object = .school) -> Bool {
        switch Access.reach(of: role, action) {
        case .nobody: false
        case .everybody: true
        case .own: owns(object)
        case .taught: teaches(object)
        case .ownAndTaught: owns(object) || teaches(object)
        }
    }

    /// Throws 403 unless the caller may do this to that. It says the same of what there is not, so that nobody learns by
    /// asking what there is.
    func require(_ action: Access.Action, _ object: Access.Object = .school) throws(Problem) {
        guard may(action, object) else { throw .forbidden }
    }

    /// Throws 403 where the caller's role can do this to nothing at all, for asking before the object is looked up.
    func requireSome(_ action: Access.Action) throws(Problem) {
        if case .nobody = Access.reach(of: role, action) { throw .forbidden }
    }

    private func owns(_ object: Access.Object) -> Bool {
        if case .person(let person, _) = object { person == id } else { false }
    }

    private func teaches(_ object: Access.Object) -> Bool {
        switch object {
        case .school: false
        case .person(_, let classID): classID.map(teaches.contains) ?? false
        case .ofClass(let classID): teaches.contains(classID)
        }
    }
}
