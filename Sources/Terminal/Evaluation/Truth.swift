import Configuration
import FoundationEssentials

/// Who really walks by in a stream, and when: lines of `PERSON,FROM_FRAME,TO_FRAME`, the person `-` for a stranger, `#`
/// for comments.
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
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingPrefix(while: \.isWhitespace)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("person,") { continue }
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
            guard fields.count == 3, let from = Int(fields[1]), let to = Int(fields[2]), 0 <= from, from <= to else {
                throw .badTruth(path: path, line: index + 1, reason: "this is not a walk-by")
            }
            let isStranger = fields[0].isEmpty || fields[0] == "-"
            walkBys.append(WalkBy(person: isStranger ? nil : fields[0], frames: from...to))
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.trimmingPrefix(while: \.isWhitespace)
        return String(String(start.reversed()).trimmingPrefix(while: \.isWhitespace).reversed())
    }

    /// Reads the file at `path`.
    public init(path: String) throws(EvaluationError) {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw .badTruth(path: path, line: 0, reason: NamedFile.problem(path) ?? "it cannot be read")
        }
        try self.init(text: String(decoding: bytes, as: UTF8.self), path: path)
    }

    /// Walk-bys may be decided a little after the person was last well seen.
    static let slack = 15

    /// How a stream's marks agree with the truth.
    public func judge(_ marks: [ArrivalsEvaluation.MarkedPerson]) -> Verdict {
        var verdict = Verdict(expected: Set(walkBys.compactMap(\.person)).count)
        for mark in marks {
            let isRight = walkBys.contains {
                $0.person == mark.person && ($0.frames.lowerBound...$0.frames.upperBound + Self.slack) ~= mark.atFrame
            }
            if isRight { verdict.right += 1 } else { verdict.wrong += 1 }
        }
        verdict.missed = Set(walkBys.compactMap(\.person)).subtracting(marks.map(\.person)).count
        verdict.doubled = marks.count - Set(marks.map(\.person)).count
        return verdict
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
    }
}
