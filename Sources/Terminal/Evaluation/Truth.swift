/// Who really walks by in a stream, and when: lines of `PERSON,FROM_FRAME,TO_FRAME`, the person `-` for a stranger, `#`
/// for comments. A first line `person,from,to` is a heading.
public struct Truth: Sendable, Equatable {
    /// One walk-by; frames count from 0 and both ends belong to it.
    public struct WalkBy: Sendable, Equatable {
        /// nil for a stranger.
        public var person: String?
        /// The frames in which the person is in view.
        public var frames: ClosedRange<Int>
    }

    /// In the file's order.
    public var walkBys: [WalkBy]

    /// Reads `text`, which came from `path`.
    public init(text: String, path: String) throws(EvaluationError) {
        walkBys = []
        for (index, row) in TextTable(text: text).rows.enumerated() {
            let fields = row.fields
            // A heading; somebody of that name walks by in frames with numbers.
            let isHeading = fields[0].lowercased() == "person" && fields.dropFirst().allSatisfy { Int($0) == nil }
            if index == 0, isHeading { continue }
            guard fields.count == 3, let from = Int(fields[1]), let to = Int(fields[2]), 0 <= from, from <= to else {
                throw .badTruth(path: path, line: row.line, reason: "this is not a walk-by")
            }
            let isStranger = fields[0].isEmpty || fields[0] == "-"
            walkBys.append(WalkBy(person: isStranger ? nil : fields[0], frames: from...to))
        }
    }

    /// Reads the file at `path`.
    public init(path: String) throws(EvaluationError) {
        let text = try TextTable.read(path) { .badTruth(path: path, line: nil, reason: $0) }
        try self.init(text: text, path: path)
    }

    /// Walk-bys may be decided a little after the person was last well seen.
    static let slack = 15

    /// The last frame that it speaks of.
    public var lastFrame: Int? { walkBys.map(\.frames.upperBound).max() }

    /// The people who are to be marked.
    public var expected: Set<String> { Set(walkBys.compactMap(\.person)) }

    /// How a stream's marks agree with the truth.
    public func judge(_ marks: [ArrivalsReport.MarkedPerson]) -> Verdict {
        var verdict = Verdict(expected: expected.count)
        for mark in marks {
            let isRight = walkBys.contains { $0.person == mark.person && Self.covers($0, mark) }
            if isRight { verdict.right += 1 } else { verdict.wrong += 1 }
        }
        verdict.missed = expected.subtracting(marks.map(\.person)).count
        verdict.doubled = marks.count - Set(marks.map(\.person)).count
        verdict.strangers = walkBys.count { $0.person == nil }
        verdict.strangersNamed = strangersNamed(by: marks).count { $0 }
        return verdict
    }

    /// For each stranger's walk-by whether a mark was made in it that is nobody's who walked by then.
    func strangersNamed(by marks: [ArrivalsReport.MarkedPerson]) -> [Bool] {
        walkBys.filter { $0.person == nil }.map { stranger in
            marks.contains { mark in
                Self.covers(stranger, mark)
                    && !walkBys.contains { $0.person == mark.person && Self.covers($0, mark) }
            }
        }
    }

    private static func covers(_ walkBy: WalkBy, _ mark: ArrivalsReport.MarkedPerson) -> Bool {
        (walkBy.frames.lowerBound...walkBy.frames.upperBound + slack) ~= mark.atFrame
    }

    /// Counts of people and marks.
    public struct Verdict: Sendable, Equatable, Codable {
        /// People who walk by and are to be marked.
        public var expected = 0
        /// Marks of the person who walked by then.
        public var right = 0
        /// Marks of somebody who did not.
        public var wrong = 0
        /// People without a mark.
        public var missed = 0
        /// Marks beyond one a person.
        public var doubled = 0
        /// Walk-bys of strangers.
        public var strangers = 0
        /// Those of them in which somebody else was marked.
        public var strangersNamed = 0

        enum CodingKeys: String, CodingKey {
            case expected, right, wrong, missed, doubled, strangers
            case strangersNamed = "strangers_named"
        }

        /// Adds another stream's counts.
        static func += (sum: inout Verdict, other: Verdict) {
            sum.expected += other.expected
            sum.right += other.right
            sum.wrong += other.wrong
            sum.missed += other.missed
            sum.doubled += other.doubled
            sum.strangers += other.strangers
            sum.strangersNamed += other.strangersNamed
        }
    }
}
