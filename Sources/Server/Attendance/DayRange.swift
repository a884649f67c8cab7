import Attendance

/// The days that staff can say something about.
enum DayRange {
    /// A year and a day, in days.
    static let furthest = 366

    /// Throws `.refused` for a day that is more than a year away from today: it was mistyped.
    static func requireNear(_ day: LocalDate, today: LocalDate, field: String) throws(ServerError) {
        guard abs(day.daysSince1970 - today.daysSince1970) <= furthest else {
            throw .refused("\(field): \(day) is more than a year away from today, \(today)")
        }
    }
}
