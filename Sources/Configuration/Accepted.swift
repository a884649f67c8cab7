/// What a key accepts: words for the error message, and the conversion.
///
/// The common ones are in this module (`.text`, `.integer(in:)`, `.choice(of:)`, …); a program adds its own with
/// `init(_:convert:)` or narrows one with `parsed(as:_:)`.
public struct Accepted<Value> {
    /// An answer to "what is accepted?", for example `a whole number from 1 to 65535`.
    public let description: String
    let convert: (TomlValue) throws(Refusal) -> Value

    /// `convert` gives nil for a value that is not accepted.
    public init(_ description: String, convert: @escaping (TomlValue) -> Value?) {
        self.description = description
        self.convert = { value throws(Refusal) in
            guard let result = convert(value) else { throw Refusal(value: value, expected: description) }
            return result
        }
    }

    private init(_ description: String, refusing convert: @escaping (TomlValue) throws(Refusal) -> Value) {
        self.description = description
        self.convert = convert
    }

    /// The value as `self` converts it; nil when it is not accepted. For those who build one kind upon another.
    public func result(of value: TomlValue) -> Value? { try? convert(value) }

    /// What `self` accepts and `parse` understands; `description` replaces the words.
    public func parsed<Other>(as description: String, _ parse: @escaping (Value) -> Other?) -> Accepted<Other> {
        Accepted<Other>(description) { result(of: $0).flatMap(parse) }
    }

    /// An array of what `element` accepts, with at most `limit` elements.
    public static func list<Element>(of element: Accepted<Element>, limit: Int = 1000) -> Accepted<[Element]>
    where Value == [Element] {
        let description = "an array of at most \(limit) elements, each \(element.description)"
        return Accepted(description) { value throws(Refusal) in
            guard case .array(let elements) = value.content, elements.count <= limit else {
                throw Refusal(value: value, expected: description)
            }
            var results: [Element] = []
            for member in elements { results.append(try element.convert(member)) }
            return results
        }
    }
}

/// A value was not accepted. An element of an array is named by itself, not by its array.
struct Refusal: Error {
    let value: TomlValue
    let expected: String
}
