import ArgumentParser

/// What the program exits with. `docs/rollcallctl.md` and the help texts say the same.
enum ExitStatus {
    /// What was asked about is wrong, or a part of the work could not be done.
    static let wrong = ExitCode(1)
    /// The daemon does not answer: EX_UNAVAILABLE of sysexits.h.
    static let noAnswer = ExitCode(69)
    /// The configuration is refused: EX_CONFIG of sysexits.h.
    static let configuration = ExitCode(78)
}
