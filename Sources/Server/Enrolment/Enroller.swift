import Capture
import Database
import Faces
import FoundationEssentials

/// Turns photographs into stored templates, by the very code that terminals run on their frames. One per thread.
public final class Enroller {
    private let database: ServerDatabase
    private let engine: FaceEngine
    /// Who is enrolled, for finding who looks alike.
    private var faces = FaceEdition()

    /// Opens the models: some milliseconds.
    public init(database: ServerDatabase, models: ModelPack) throws(ServerError) {
        self.database = database
        engine = try FaceEngine.loaded(models)
    }

    /// How long people are enrolled before it is looked for who looks alike: the roster must be made ready for that, which
    /// takes as long for one new person as for many.
    private static let batch = Duration.seconds(2)

    /// How often the roster was made ready.
    var editions: Int { faces.number }

    /// Enrols one person. Accepted photographs go in together at the end, refused ones are reported, and so is whoever is
    /// enrolled and looks like an accepted one.
    /// - Parameters:
    ///   - hasConsent: the operator has the person's consent on record; otherwise the database must have it already.
    ///   - progress: called after each photograph.
    /// - Throws: `.refused` without consent.
    public func enrol(
        _ set: PhotographSet, hasConsent: Bool, progress: () -> Void = {}
    ) throws(ServerError) -> EnrolmentReport {
        var entered = [try enter(set, hasConsent: hasConsent, progress: progress)]
        try findLookAlikes(&entered)
        return entered[0].report
    }

    /// Enrols many people, as one.
    /// - Parameter each: called for each of them, some seconds later at most.
    /// - Throws: what went wrong with one of them; those before are enrolled, and were reported.
    public func enrol(
        _ sets: [PhotographSet], hasConsent: Bool, progress: () -> Void = {},
        each: (PhotographSet, EnrolmentReport) -> Void
    ) throws(ServerError) {
        var next = sets.startIndex
        while next < sets.endIndex {
            let start = ContinuousClock.now
            var entered: [Entered] = []
            var failure: ServerError?
            while next < sets.endIndex, failure == nil, entered.isEmpty || ContinuousClock.now - start < Self.batch {
                do throws(ServerError) {
                    entered.append(try enter(sets[next], hasConsent: hasConsent, progress: progress))
                } catch { failure = error }
                next += 1
            }
            try findLookAlikes(&entered)
            for one in entered { each(one.set, one.report) }
            if let failure { throw failure }
        }
    }

    /// Somebody who was enrolled just now.
    private struct Entered {
        let set: PhotographSet
        var report: EnrolmentReport
        /// Of the photographs that were accepted.
        var faces: [Descriptor] = []
    }

    private func enter(
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

    /// Notes with everybody who else looks like them, each once, the most alike first. Of two who were enrolled together
    /// the later one is told of.
    private func findLookAlikes(_ entered: inout [Entered]) throws(ServerError) {
        guard entered.contains(where: { !$0.faces.isEmpty }) else { return }
        try database.people.follow(&faces)
        var later: Set<UUID> = []
        for index in entered.indices.reversed() {
            guard let person = entered[index].report.person else { continue }
            later.insert(person.id)
            let near = entered[index].faces
                .flatMap { LookAlikes.of($0, but: later, in: faces.identifier) }
                .sorted { $0.score > $1.score }
            var seen: Set<UUID> = []
            entered[index].report.lookAlikes = near.filter { seen.insert($0.id).inserted }
        }
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
