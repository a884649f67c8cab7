/// Why an evaluation cannot be done.
public enum EvaluationError: Error, Sendable, Equatable, CustomStringConvertible {
    case badFolder(path: String, reason: String)
    /// No line when it is not of one, as where the file is missing.
    case badTruth(path: String, line: Int?, reason: String)
    case badGroups(path: String, line: Int?, reason: String)
    /// A list of people to use.
    case badList(path: String, line: Int?, reason: String)
    case badDescriptors(path: String, reason: String)
    case badCalibration(path: String, reason: String)
    /// A folder or list of streams; `reason` has its own next step.
    case badStreams(path: String, reason: String)
    /// What is asked for cannot be had of these people; `reason` has its own next step.
    case badPlan(reason: String)
    /// A stage could not work at all; `reason` has its own next step.
    case stage(reason: String)

    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .badFolder(let path, let reason):
            "\(path): \(reason); give a folder with one folder of photographs per person"
        case .badTruth(let path, let line, let reason):
            Self.text(path, line, reason, option: "--truth", format: "PERSON,FROM_FRAME,TO_FRAME")
        case .badGroups(let path, let line, let reason):
            Self.text(
                path, line, reason, option: "--groups", format: "PERSON,GROUP, and every person stands in one line")
        case .badList(let path, let line, let reason):
            Self.text(
                path, line, reason, option: "--people-from",
                format: "the name of a person's folder, or the number of a person")
        case .badDescriptors(let path, let reason):
            "\(path): \(reason); --descriptors holds 128 numbers of 32 bits for each face, --identities one whole "
                + "number of 32 bits, both little-endian"
        case .badStreams(let path, let reason), .badCalibration(let path, let reason): "\(path): \(reason)"
        case .badPlan(let reason), .stage(let reason): reason
        }
    }

    /// A line is mended where it is; a file that cannot be used is another one's name, or has to be made.
    private static func text(
        _ path: String, _ line: Int?, _ reason: String, option: String, format: String
    ) -> String {
        guard let line else { return "\(path): \(reason); correct \(option): each line of its file is \(format)" }
        return "\(path):\(line): \(reason); each line is \(format)"
    }
}
