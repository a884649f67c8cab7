/// What can go wrong between a frame and a descriptor, each with the operator's next step.
public enum FaceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A model file is missing, damaged, or not the one that is pinned.
    case badModel(path: String, reason: String)
    /// The processor lacks the vector instructions that this build needs.
    case unsupportedProcessor(reason: String)
    /// A stage failed on one frame.
    case failed(stage: String, reason: String)

    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .badModel(let path, let reason):
            "face model \(path) cannot be used: \(reason); bring it with `sudo rollcalld-models`, on the server "
                + "`sudo rollcall-server-models`, in the source folder `make setup`"
        case .unsupportedProcessor(let reason):
            "this build cannot run here: \(reason); install the build for this processor"
        case .failed(let stage, let reason):
            "\(stage) failed on a frame: \(reason); if it persists, report it with the output of `rollcallctl doctor`"
        }
    }
}
