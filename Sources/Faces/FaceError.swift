/// What can go wrong between a frame and a descriptor, each with the operator's next step.
public enum FaceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The pack of models is missing, damaged, or made for another version.
    case badModel(path: String, reason: String)
    /// A Haar cascade is missing, damaged, or of another kind.
    case badCascade(path: String, reason: String)
    /// The processor lacks the vector instructions that were asked for.
    case unsupportedProcessor(reason: String)
    /// A stage failed on one frame.
    case failed(stage: String, reason: String)

    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .badModel(let path, let reason):
            "the models \(path) cannot be used: \(reason); remake them with `sudo rollcalld-models`, on the server "
                + "`sudo rollcall-server-models`, in the source folder `make models`"
        case .badCascade(let path, let reason):
            "the Haar cascade \(path) cannot be used: \(reason); install Debian's package opencv-data, or name another "
                + "cascade of Haar features"
        case .unsupportedProcessor(let reason):
            "this cannot run here: \(reason)"
        case .failed(let stage, let reason):
            "\(stage) failed on a frame: \(reason); if it persists, report it with the output of `rollcallctl doctor`"
        }
    }
}
