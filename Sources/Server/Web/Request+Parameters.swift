import Attendance
import FoundationEssentials
import Hummingbird

extension Request {
    /// The query parameter of that name; nil where it is not there.
    /// - Throws: 400 where it is empty, comes twice, or holds a NUL.
    func parameter(_ name: String) throws(Problem) -> String? {
        let values = uri.queryParameters[values: Substring(name)].map { String($0) }
        guard let value = values.first else { return nil }
        guard values.count == 1, !value.isEmpty, !value.utf8.contains(0) else {
            throw .badRequest("\(name): give one value, or leave it out")
        }
        return value
    }

    /// A date in the query, as 2026-09-01.
    func date(_ name: String) throws(Problem) -> LocalDate? {
        guard let text = try parameter(name) else { return nil }
        guard let date = try? LocalDate(text) else { throw .badRequest("\(name): give a date, as 2026-09-01") }
        return date
    }

    /// An id in the query.
    func id(_ name: String) throws(Problem) -> UUID? {
        guard let text = try parameter(name) else { return nil }
        guard let id = UUID(uuidString: text) else { throw .badRequest("\(name): give a UUID") }
        return id
    }
}

extension ServerRequestContext {
    /// An id in the path. What is no UUID is nothing that there is: 404.
    func id(_ name: String) throws(Problem) -> UUID {
        guard let text = parameters.get(name), let id = UUID(uuidString: text) else { throw .notFound }
        return id
    }

    /// Who sent this request.
    /// - Throws: 401 when the route is not behind `CallerAuthenticator`.
    func authenticatedCaller() throws(Problem) -> Caller {
        guard let caller else { throw .unauthorised }
        return caller
    }
}

extension Request {
    /// One of the values of an enumeration in the query.
    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Value.Type = Value.self
    ) throws(Problem) -> Value? {
        guard let text = try parameter(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw .badRequest("\(name): give one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }
}
