/// Which group each person belongs to: lines of `PERSON,GROUP`, `#` for comments. A first line `person,group` is a
/// heading.
public struct Groups: Sendable, Equatable {
    /// The group by the person's name.
    public var groups: [String: String] = [:]

    /// The names of the groups, in their order.
    public var names: [String] { Set(groups.values).sorted() }

    /// Reads `text`, which came from `path`.
    public init(text: String, path: String) throws(EvaluationError) {
        for row in TextTable(text: text).rows {
            if groups.isEmpty, row.fields.map({ $0.lowercased() }) == ["person", "group"] { continue }
            guard row.fields.count == 2, !row.fields[0].isEmpty, !row.fields[1].isEmpty else {
                throw .badGroups(path: path, line: row.line, reason: "this is not a person and a group")
            }
            if let other = groups[row.fields[0]], other != row.fields[1] {
                throw .badGroups(
                    path: path, line: row.line, reason: "\(row.fields[0]) is in the group \(other) already")
            }
            groups[row.fields[0]] = row.fields[1]
        }
        guard !groups.isEmpty else { throw .badGroups(path: path, line: nil, reason: "it names nobody") }
    }

    /// Reads the file at `path`.
    public init(path: String) throws(EvaluationError) {
        let text = try TextTable.read(path) { .badGroups(path: path, line: nil, reason: $0) }
        try self.init(text: text, path: path)
    }

    /// The names that are nobody's of the population, in their order: a report by group would quietly leave them out.
    /// - Throws: `.badGroups` when that is all of them.
    public func unknown(in population: EvaluationPopulation, path: String) throws(EvaluationError) -> [String] {
        let people = Set(population.people.map(\.name))
        let unknown = groups.keys.filter { !people.contains($0) }.sorted()
        if unknown.count == groups.count, let theirs = people.min() {
            throw .badGroups(
                path: path, line: nil,
                reason: "it names nobody of these people, but \(unknown[0]), where one of them is \(theirs)")
        }
        return unknown
    }
}

/// The people whom an evaluation is to use, one a line, such as those whom a calibration has not seen.
public struct PeopleList: Sendable, Equatable {
    /// Names of folders, or numbers of people.
    public var names: Set<String> = []

    /// Reads `text`, which came from `path`.
    public init(text: String, path: String) throws(EvaluationError) {
        for row in TextTable(text: text).rows {
            guard row.fields.count == 1 else {
                throw .badList(path: path, line: row.line, reason: "this is more than one person")
            }
            names.insert(row.fields[0])
        }
        guard !names.isEmpty else { throw .badList(path: path, line: nil, reason: "it names nobody") }
    }

    /// Reads the file at `path`.
    public init(path: String) throws(EvaluationError) {
        let text = try TextTable.read(path) { .badList(path: path, line: nil, reason: $0) }
        try self.init(text: text, path: path)
    }
}
