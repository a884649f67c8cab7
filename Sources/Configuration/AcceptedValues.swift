extension Accepted where Value == String {
    /// A string of 1 to 4096 printable characters.
    public static var text: Self {
        Accepted("a string of 1 to 4096 characters without control characters") { value in
            guard case .string(let text) = value.content, (1...4096).contains(text.unicodeScalars.count),
                !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else { return nil }
            return text
        }
    }

    /// One of the given strings, exactly.
    public static func oneOf(_ choices: [String]) -> Self {
        Self.text.parsed(as: "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")) { text in
            choices.contains(text) ? text : nil
        }
    }

    /// The path of a file or folder. A relative one is meant from the folder of the configuration file.
    public static var path: Self {
        let accepted = Self.text
        return Accepted("a path (a string)") { value in
            guard let text = accepted.result(of: value) else { return nil }
            if text.hasPrefix("/") || value.directory.isEmpty { return text }
            return value.directory + (value.directory == "/" ? "" : "/") + text
        }
    }
}

extension Accepted where Value == Int {
    /// A whole number in `range`.
    public static func integer(in range: ClosedRange<Int>) -> Self {
        Accepted("a whole number from \(range.lowerBound) to \(range.upperBound)") { value in
            guard case .integer(let number) = value.content, let result = Int(exactly: number), range.contains(result)
            else { return nil }
            return result
        }
    }
}

extension Accepted where Value == Double {
    /// A number in `range`, written with or without a fraction.
    public static func number(in range: ClosedRange<Double>) -> Self {
        Accepted("a number from \(short(range.lowerBound)) to \(short(range.upperBound))") { value in
            let number: Double
            switch value.content {
            case .integer(let whole): number = Double(whole)
            case .float(let fraction): number = fraction
            default: return nil
            }
            return range.contains(number) ? number : nil
        }
    }

    /// As the documentation writes it: 0.00001, where Swift would write 1e-05.
    private static func short(_ number: Double) -> String {
        if let whole = Int(exactly: number) { return String(whole) }
        let text = "\(number)"
        guard let mark = text.firstIndex(of: "e"), let power = Int(text[text.index(after: mark)...]), power < 0 else {
            return text
        }
        let sign = number < 0 ? "-" : ""
        return sign + "0." + String(repeating: "0", count: -power - 1) + text[..<mark].filter(\.isNumber)
    }
}

extension Accepted where Value == Duration {
    /// A span of time, written as a number of seconds in `range`.
    public static func seconds(in range: ClosedRange<Double>) -> Self {
        let number = Accepted<Double>.number(in: range)
        return number.parsed(as: number.description + " (seconds)") { .seconds($0) }
    }
}

extension Accepted where Value == Bool {
    /// `true` or `false`.
    public static var boolean: Self {
        Accepted("true or false") { value in
            guard case .boolean(let flag) = value.content else { return nil }
            return flag
        }
    }
}

extension Accepted where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the cases of an enumeration, by its raw value.
    public static func choice(of type: Value.Type = Value.self) -> Self {
        let choices = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        return Accepted<String>.text.parsed(as: "one of \(choices)") { Value(rawValue: $0) }
    }
}
