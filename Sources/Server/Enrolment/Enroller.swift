import Capture
import Database
import Faces
import FoundationEssentials

/// Turns photographs into stored templates, by the very code that terminals run on their frames. One per thread.
public final class Enroller {
    let database: ServerDatabase
    private let engine: FaceEngine
    /// Who is enrolled, for finding who looks alike.
    var faces = FaceEdition()

    /// Opens the models: some milliseconds.
    public init(database: ServerDatabase, models: ModelPack) throws(ServerError) {
        self.database = database
        engine = try FaceEngine.loaded(models)
    }

    /// One person's photographs become templates.
    func enter(
        _ set: PhotographSet, hasConsent: Bool, progress: () -> Void
    ) throws(ServerError) -> Entered {
        // Before a template is made, and once more in the transaction that would store it.
        if !hasConsent { try database.people.requireConsent(name: set.name, className: set.className) }
        var verdicts: [PhotographVerdict] = []
        var templates: [NewTemplate] = []
        var advice: [[EnrolmentAdvice]] = []
        for path in set.photographs {
            switch face(in: path) {
            case .success(let face):
                templates.append(NewTemplate(face))
                verdicts.append(.accepted)
                advice.append(face.advice)
            case .failure(let refusal):
                verdicts.append(.refused(reason: refusal.reason))
                advice.append([])
            }
            progress()
        }
        guard !templates.isEmpty else {
            let person = try database.people.find(name: set.name, className: set.className)
            return Entered(set: set, report: report(set, verdicts, person))
        }
        let isNewClass = try !database.hasClass(set.className)
        let stored = try database.people.add(
            templates, name: set.name, className: set.className, hasConsent: hasConsent)
        let accepted = verdicts.indices.filter { verdicts[$0] == .accepted }
        var kept: [NewTemplate] = []
        for (index, (template, verdict)) in zip(accepted, zip(templates, stored.verdicts)) {
            switch verdict {
            case .added: break
            case .known: verdicts[index] = .known
            case .noRoom(let limit):
                verdicts[index] = .refused(
                    reason: "the person has \(limit) templates already, as many as a roster carries")
                continue
            }
            kept.append(template)
        }
        var report = report(set, verdicts, stored.person)
        report.isNewClass = isNewClass
        report.missing = try database.people.missing(of: stored.person.id)
        for (index, pieces) in advice.enumerated() where verdicts[index] == .accepted {
            report.photographs[index].advice = pieces
        }
        return Entered(
            set: set, report: report, faces: kept.compactMap { Descriptor(littleEndianBytes: $0.bytes) })
    }

    private func report(
        _ set: PhotographSet, _ verdicts: [PhotographVerdict], _ person: Person?
    ) -> EnrolmentReport {
        EnrolmentReport(
            person: person, photographs: zip(set.photographs, verdicts).map { .init(path: $0, verdict: $1) })
    }

    private struct Refusal: Error {
        let reason: String
    }

    private func face(in path: String) -> Result<EnrolledFace, Refusal> {
        do throws(CaptureError) {
            let photograph = try ImageFile.load(path: path)
            do throws(EnrolmentError) {
                return .success(try engine.enrol(photograph: photograph))
            } catch {
                return .failure(Refusal(reason: error.description))
            }
        } catch {
            return .failure(Refusal(reason: error.description))
        }
    }
}

extension NewTemplate {
    /// The template of an enrolled face.
    init(_ face: EnrolledFace) {
        self.init(bytes: face.descriptor.littleEndianBytes, quality: MeasureLine.text(of: face.quality))
    }
}
