import Faces

/// Is the pack of models there, whole, and of this program's version?
struct ModelCheck {
    var pack: ModelPack
    var outcome: Result<ModelPack.Facts, FaceError>

    /// Reads the whole pack; some milliseconds, once it is in memory.
    init(_ pack: ModelPack) {
        self.pack = pack
        do throws(FaceError) {
            outcome = .success(try pack.check())
        } catch {
            outcome = .failure(error)
        }
    }

    var finding: Finding {
        switch outcome {
        case .success(let facts):
            return .ok("face models", "\(pack.path), version \(facts.version), checksum \(facts.checksum) is right")
        case .failure(.badModel(_, let reason)):
            return .failed(
                "face models", "\(pack.path): \(reason)",
                next: "remake it: sudo rollcalld-models (in the source folder: make models), then: "
                    + "systemctl restart rollcalld; or correct [models]")
        case .failure(let error):
            return .failed("face models", error.description, next: "report it with this output")
        }
    }
}
