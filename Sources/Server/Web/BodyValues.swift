import Attendance
import FoundationEssentials

/// A value in a body that is none of those that are allowed there.
struct UnfitValue: Error, Equatable {
    /// The keys that lead to it.
    let path: [String]
    /// What is allowed, as it follows "give".
    let allowed: String
}

// The decoder's own words name Swift's types; these are asked in its place for every body, and say what is allowed.
extension KeyedDecodingContainer {
    func decode<Value: RawRepresentable<String> & CaseIterable & Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value {
        try value(key, "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))") { Value(rawValue: $0) }
    }

    func decodeIfPresent<Value: RawRepresentable<String> & CaseIterable & Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value? {
        try isNothing(key) ? nil : decode(type, forKey: key)
    }

    func decode(_ type: LocalDate.Type, forKey key: Key) throws -> LocalDate {
        try value(key, "a date that exists, as 2026-09-01") { try? LocalDate($0) }
    }

    func decode(_ type: TimeOfDay.Type, forKey key: Key) throws -> TimeOfDay {
        try value(key, "a time of day, as 08:15 or 08:15:00") { try? TimeOfDay($0) }
    }

    func decodeIfPresent(_ type: TimeOfDay.Type, forKey key: Key) throws -> TimeOfDay? {
        try isNothing(key) ? nil : decode(type, forKey: key)
    }

    func decode(_ type: UUID.Type, forKey key: Key) throws -> UUID {
        try value(key, "a UUID") { UUID(uuidString: $0) }
    }

    func decodeIfPresent(_ type: UUID.Type, forKey key: Key) throws -> UUID? {
        try isNothing(key) ? nil : decode(type, forKey: key)
    }

    func decode(_ type: [UUID].Type, forKey key: Key) throws -> [UUID] {
        try decode([String].self, forKey: key).map { text in
            guard let id = UUID(uuidString: text) else { throw unfit(key, "a list of UUIDs") }
            return id
        }
    }

    private func value<Value>(_ key: Key, _ allowed: String, _ read: (String) -> Value?) throws -> Value {
        let text: String
        do {
            text = try decode(String.self, forKey: key)
        } catch DecodingError.typeMismatch {
            throw unfit(key, allowed)
        }
        guard let value = read(text) else { throw unfit(key, allowed) }
        return value
    }

    private func isNothing(_ key: Key) throws -> Bool { try !contains(key) || decodeNil(forKey: key) }

    private func unfit(_ key: Key, _ allowed: String) -> UnfitValue {
        UnfitValue(path: (codingPath + [key]).map(\.stringValue), allowed: allowed)
    }
}
