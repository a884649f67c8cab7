import Capture
import Faces

/// Which faces are judged by their quality.
public enum QualityGate: String, Sendable, CaseIterable {
    /// None.
    case off
    /// Those that are enrolled, as on the server.
    case enrolment
    /// Those that are searched too, as on the terminal.
    case both
}

/// Photographs, each enrolled as on the server and searched as on the terminal, at most once each.
final class PhotographSamples: EvaluationSamples {
    /// Photographs that enrolment refused, in the order in which they were met.
    private(set) var refused: [Gallery.Refusal] = []
    /// Files that could not be read.
    private(set) var unreadable: [Gallery.Refusal] = []

    private let paths: [String]
    private let engine: FaceEngine
    private let stages: any FaceStages
    private let options: RecognitionOptions
    private let gate: QualityGate
    private var templates: [Int: Descriptor?] = [:]
    private var probes: [Int: ProbeSample] = [:]

    /// - Parameters:
    ///   - engine: enrols.
    ///   - stages: search.
    init(
        paths: [String], engine: FaceEngine, stages: any FaceStages, options: RecognitionOptions, gate: QualityGate
    ) {
        self.paths = paths
        self.engine = engine
        self.stages = stages
        self.options = options
        self.gate = gate
    }

    func template(_ sample: Int) -> Descriptor? {
        if let known = templates[sample] { return known }
        let template = makeTemplate(paths[sample])
        templates.updateValue(template, forKey: sample)
        return template
    }

    func probe(_ sample: Int) -> ProbeSample {
        if let known = probes[sample] { return known }
        let probe = makeProbe(paths[sample])
        probes[sample] = probe
        return probe
    }

    private func makeTemplate(_ path: String) -> Descriptor? {
        do {
            let photograph = try ImageFile.load(path: path)
            if gate != .off { return try engine.enrol(photograph: photograph).descriptor }
            guard let face = try largestFace(of: photograph, by: engine) else { throw EnrolmentError.noFace }
            return face.descriptor
        } catch {
            refused.append(Gallery.Refusal(image: path, reason: "\(error)"))
            return nil
        }
    }

    private func makeProbe(_ path: String) -> ProbeSample {
        let photograph: Frame
        do { photograph = try ImageFile.load(path: path) } catch {
            unreadable.append(Gallery.Refusal(image: path, reason: "\(error)"))
            return .notDetected
        }
        guard let face = try? largestFace(of: photograph, by: stages) else { return .notDetected }
        return gate == .both && !face.quality.isGood ? .refused : .face(face.descriptor, face.quality)
    }

    /// nil when no face is found.
    private func largestFace(
        of photograph: Frame, by stages: any FaceStages
    ) throws(FaceError) -> (descriptor: Descriptor, quality: FaceQuality)? {
        let boxes = try stages.detect(in: photograph, minimumFace: options.minimumFace, region: nil)
        guard let box = boxes.max(by: { $0.area < $1.area }) else { return nil }
        let landmarks = try stages.landmarks(in: photograph, box: box)
        return (
            try stages.describe(photograph, landmarks: landmarks),
            options.quality.judge(photograph, landmarks: landmarks)
        )
    }
}
