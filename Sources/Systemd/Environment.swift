import Glibc

/// The variables that systemd hands to a service, read one by one.
public struct Environment: Sendable {
    private let lookUp: @Sendable (String) -> String?

    /// The variables of this process.
    public static let process = Environment { name in
        getenv(name).map { String(cString: $0) }
    }

    /// Given variables in place of the process's.
    public init(_ values: [String: String]) {
        lookUp = { values[$0] }
    }

    private init(lookUp: @escaping @Sendable (String) -> String?) {
        self.lookUp = lookUp
    }

    /// The value of a variable; nil when it is not set or empty.
    public subscript(_ name: String) -> String? {
        guard let value = lookUp(name), !value.isEmpty else { return nil }
        return value
    }
}
