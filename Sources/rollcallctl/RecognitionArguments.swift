import ArgumentParser
import Faces
import Terminal

/// The recognition to look with: the defaults or those of a terminal's configuration, and maybe another detector.
struct RecognitionArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A terminal's configuration whose [recognition] counts; without it, the defaults.", valueName: "file"))
    var config: String?

    @Option(help: "Who looks for faces, in place of what the configuration says.")
    var detector: DetectorKind?

    @Option(
        help: ArgumentHelp("The Haar cascade, in place of the one of the configuration.", valueName: "file"),
        completion: .file())
    var haarCascade: String?

    /// Reads the configuration and, if it is wanted, the cascade. On failure the reason is said and the program ends.
    func load(over engine: FaceEngine) throws(ExitCode) -> (options: RecognitionOptions, stages: FaceDetector) {
        let configured = try config.map { (path) throws(ExitCode) in try ConfigurationOption.load(path).recognition }
        do throws(FaceError) {
            let stages = try FaceDetector(
                engine: engine, kind: detector ?? configured?.detector ?? .hog,
                cascade: haarCascade ?? configured?.haarCascade ?? HaarDetector.standardCascade)
            return (configured?.options ?? RecognitionOptions(), stages)
        } catch {
            complain(error.description)
            throw ExitStatus.wrong
        }
    }
}

extension DetectorKind: ExpressibleByArgument {}
