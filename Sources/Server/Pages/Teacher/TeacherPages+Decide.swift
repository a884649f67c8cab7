import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension TeacherPages {
    /// A student in a class of whom the visitor may do something.
    struct Found: Sendable {
        let account: Account
        let schoolClass: SchoolClass

        var path: String { TeacherPages.path(of: account.id, in: schoolClass.id) }
    }

    /// The student in the path.
    /// - Throws: 403 unless the visitor may do this, and 404 for nobody, and for a student of another class than the path's.
    func found(
        _ context: ServerRequestContext, _ visitor: Visitor, _ action: Access.Action
    ) async throws -> Found {
        try visitor.caller.requireSome(.readAttendanceOfClass)
        let (id, classID) = (try context.id("student_id"), try context.id("class_id"))
        let account = try await database.person(id, for: visitor.caller, action)
        let schoolClass = try await database.run { database throws(ServerError) in try database.classes.find(classID) }
        guard account.role == .student, let schoolClass, account.className == schoolClass.name else {
            throw Problem.notFound
        }
        return Found(account: account, schoolClass: schoolClass)
    }

    /// Excuses a student for a day, or corrects what stands.
    @Sendable
    func decide(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let caller = visitor.caller
        let found = try await found(context, visitor, .correctAttendance)
        try caller.require(.excuse, .person(found.account.id, classID: found.schoolClass.id))
        let form = try await request.form(of: visitor)
        let day = try Self.day(of: request, visitor)
        let back = try request.choice("back", of: StudentRow.Back.self) ?? .classPage
        let choice = try form.required("status")
        let status = RecordStatus(rawValue: choice)
        guard status != nil || choice == DayDecision.takeBack else {
            throw Problem.badRequest("status: there is no \(choice.prefix(40))")
        }
        let typed = form["reason"] ?? ""
        guard let reason = try? Reason.checked(typed), Self.isNear(day, visitor.today) else {
            let key = Self.isNear(day, visitor.today) ? "teacher_reason_bad" : "teacher_day_far"
            let failure = Failure(student: found.account.id, text: visitor.words[key], reason: typed)
            switch back {
            case .classPage: return try await page(of: found.schoolClass, on: day, for: visitor, failure: failure)
            case .studentPage: return try await page(of: found, on: day, for: visitor, failure: failure)
            }
        }
        let decision = DayDecision(student: found.account.id, day: day, status: status, reason: reason)
        try await database.run { database throws(ServerError) in
            try decision.make(by: caller.id, in: database, now: Clock.now)
        }
        switch back {
        case .classPage:
            let query = day == visitor.today ? "" : "?date=\(day)"
            return .redirect(to: Self.path(of: found.schoolClass.id) + query, type: .normal)
        case .studentPage: return .redirect(to: "\(found.path)?date=\(day)", type: .normal)
        }
    }

    /// Excuses a student for several days.
    @Sendable
    func excuse(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let caller = visitor.caller
        let found = try await found(context, visitor, .excuse)
        let form = try await request.form(of: visitor)
        let typed = ExcuseInput(
            first: form["first_day"] ?? "", last: form["last_day"] ?? "", reason: form["reason"] ?? "")
        let days: ClosedRange<LocalDate>
        switch typed.days(today: visitor.today) {
        case .success(let some): days = some
        case .failure(let problem):
            return try await page(
                of: found, on: visitor.today, for: visitor, excuse: typed, problem: visitor.words[problem.rawValue])
        }
        let new = ExcuseStore.New(
            person: found.account.id, firstDay: days.lowerBound, lastDay: days.upperBound, reason: typed.reason)
        try await database.run { database throws(ServerError) in
            let page = PageRequest(limit: PageRequest.maximumLimit)
            let before = try database.excuses.list(
                .person(new.person), from: new.firstDay, to: new.lastDay, page: page)
            // A form that was sent twice excuses once.
            let isThere = before.contains {
                $0.withdrawn == nil && $0.firstDay == new.firstDay && $0.lastDay == new.lastDay
                    && $0.reason == new.reason
            }
            if !isThere { _ = try database.excuses.make(new, by: caller.id, now: Clock.now) }
        }
        return .redirect(to: "\(found.path)?date=\(days.lowerBound)", type: .normal)
    }

    /// Withdraws an excuse; one that was withdrawn stays so.
    @Sendable
    func withdraw(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let caller = visitor.caller
        let found = try await found(context, visitor, .excuse)
        let id = try context.id("excuse_id")
        _ = try await request.form(of: visitor)
        let excuse = try await database.run { database throws(ServerError) in
            let excuse = try database.excuses.find(id)
            guard excuse?.person == found.account.id else { return ListedExcuse?.none }
            if excuse?.withdrawn == nil {
                _ = try database.excuses.withdraw(id, by: caller.id, now: Clock.now)
            }
            return excuse
        }
        guard let excuse else { throw Problem.notFound }
        return .redirect(to: "\(found.path)?date=\(excuse.firstDay)", type: .normal)
    }

    static func isNear(_ day: LocalDate, _ today: LocalDate) -> Bool {
        (try? DayRange.requireNear(day, today: today, field: "date")) != nil
    }
}

/// What somebody typed into the form for an excuse of several days.
struct ExcuseInput: Sendable {
    let first: String
    let last: String
    let reason: String

    /// What can be wrong with it, as a key of the words.
    enum Problem: String, Error {
        case days = "teacher_days_bad"
        case far = "teacher_day_far"
        case reason = "teacher_reason_bad"
    }

    /// The days; one day where no last one was typed.
    func days(today: LocalDate) -> Result<ClosedRange<LocalDate>, Problem> {
        guard let from = try? LocalDate(first), let to = try? LocalDate(last.isEmpty ? first : last), from <= to else {
            return .failure(.days)
        }
        guard TeacherPages.isNear(from, today), TeacherPages.isNear(to, today) else { return .failure(.far) }
        guard (try? Reason.checked(reason)) != nil else { return .failure(.reason) }
        return .success(from...to)
    }
}
