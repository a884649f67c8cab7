/// Why an evaluation cannot be done.
public enum EvaluationError: Error, Sendable, Equatable, CustomStringConvertible {
    case badFolder(path: String, reason: String)
    case badTruth(path: String, line: Int, reason: String)
    /// A stage could not work at all; `reason` has its own next step.
    case stage(reason: String)

    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .badFolder(let path, let reason):
            "\(path): \(reason); give a folder with one folder of photographs per person"
        case .badTruth(let path, let line, let reason):
            "\(path):\(line): \(reason); each line is PERSON,FROM_FRAME,TO_FRAME"
        case .stage(let reason): reason
        }
    }
}
