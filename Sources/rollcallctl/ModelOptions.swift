import ArgumentParser
import Faces
import Glibc

/// Where the face models are, for the commands that look at images themselves.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder of rollcall-models.pack.",
            discussion: """
                Without it the environment variable ROLLCALL_MODELS counts, then /var/lib/rollcall-models, then \
                var/models of the folder it is called in.
                """))
    var models: String?

    /// The folder that is to be used.
    var folder: String {
        if let models { return models }
        if let variable = getenv("ROLLCALL_MODELS"), variable.pointee != 0 { return String(cString: variable) }
        let installed = "/var/lib/rollcall-models"
        return access(installed, R_OK) != 0 && access("var/models", R_OK) == 0 ? "var/models" : installed
    }

    /// Opens the models. On failure the reason is said and the program ends.
    func loadEngine() throws(ExitCode) -> FaceEngine {
        do {
            return try FaceEngine(models: ModelPack(folder: folder))
        } catch {
            complain("\(error.description); or name the folder of others with --models or ROLLCALL_MODELS")
            throw ExitStatus.wrong
        }
    }
}
