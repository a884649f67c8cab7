import Attendance
import FoundationEssentials

/// A student on a day, with the form by which it is excused or corrected: a row of the class's page, or of the week on the
/// student's.
struct StudentRow: Sendable {
    let id: UUID
    let name: String
    /// Whether they are in the class of the page now; of others nothing can be decided there.
    let isMember: Bool
    let day: LocalDate
    let record: AttendanceRecord?
    let correction: ListedCorrection?
    let excuse: ListedExcuse?
    let names: [UUID: String]

    /// Where a form leads back to.
    enum Back: String, Sendable, CaseIterable {
        case classPage = "class"
        case studentPage = "student"
    }

    /// For the template `student_row`.
    func values(
        for visitor: Visitor, in classID: UUID, back: Back, _ failure: TeacherPages.Failure? = nil
    ) -> [String: Any] {
        let words = visitor.words
        let how =
            record.map { RecordReason($0, correction: correction, excuse: excuse, names: names).text(words) } ?? ""
        let path = TeacherPages.path(of: id, in: classID)
        let failed = failure?.student == id
        return [
            "id": back == .classPage ? id.lowercased : day.description, "name": name, "isMember": isMember,
            "path": "\(path)?date=\(day)", "status": record?.status.rawValue ?? "open", "word": word(words),
            "time": record?.at.map(visitor.format.time) ?? "", "hasTime": record?.at != nil, "how": how,
            "hasHow": !how.isEmpty,
            "action": "\(path)/decide?date=\(day)&back=\(back.rawValue)", "choices": choices(words),
            "isFailed": failed, "failure": failed ? failure?.text ?? "" : "",
            "typed": failed ? failure?.reason ?? "" : "",
            "about": words("teacher_decide_about", ["name": name, "date": visitor.format.date(day)]),
            "weekday": visitor.format.weekday(day), "date": visitor.format.shortDate(day),
            "isToday": day == visitor.today,
        ]
    }

    private func word(_ words: Words) -> String {
        words[record?.status.rawValue ?? "open"]
    }

    /// What can be decided: everything but what stands.
    private func choices(_ words: Words) -> [[String: String]] {
        var choices: [(String, String)] = []
        for status in [RecordStatus.excused, .present, .late, .absent] where status != record?.status {
            choices.append((status.rawValue, words["teacher_decide_\(status.rawValue)"]))
        }
        if record?.cause == .correction { choices.append((DayDecision.takeBack, words["teacher_take_back"])) }
        return choices.map { ["value": $0.0, "label": $0.1] }
    }
}
