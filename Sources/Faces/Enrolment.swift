import Capture

/// Why a photograph cannot be enrolled; each says what the person can do.
public enum EnrolmentError: Error, Sendable, Equatable, CustomStringConvertible {
    case noFace
    case severalFaces(Int)
    case poorQuality([QualityReason])
    case vision(FaceError)

    /// What is wrong and what to do, in one line.
    public var description: String {
        switch self {
        case .noFace:
            "no face was found; use a frontal photograph in which the face is at least 80 pixels wide"
        case .severalFaces(let count):
            "\(count) faces were found; use a photograph of one person alone"
        case .poorQuality(let reasons):
            "the face is " + reasons.map { "\($0.rawValue) (\($0.advice))" }.joined(separator: ", ")
        case .vision(let error): error.description
        }
    }
}

/// What one photograph gave.
public struct EnrolledFace: Sendable, Equatable {
    /// What is stored as a template.
    public var descriptor: Descriptor
    /// Where the face is in the photograph, in pixels.
    public var box: FaceBox
    /// Its measures.
    public var quality: FaceQuality

    /// What could be better about it, though it was good enough.
    public var advice: [EnrolmentAdvice] { EnrolmentAdvice.about(quality) }
}

extension FaceEngine {
    /// Confidence from which another detection is a second person. dlib sees a face in clothes or in a background now
    /// and then, at less than 0.06 in the portraits that the tests use.
    static let clearSecondFace = 0.1

    /// The template of a photograph with exactly one good face, by the very stages that the terminal runs on its frames.
    public func enrol(
        photograph: Frame, limits: QualityLimits = .enrolment
    ) throws(EnrolmentError) -> EnrolledFace {
        do {
            let boxes = try detect(in: photograph)
            guard let box = boxes.first else { throw EnrolmentError.noFace }
            let clear = boxes.dropFirst().filter { $0.confidence >= Self.clearSecondFace }
            guard clear.isEmpty else { throw EnrolmentError.severalFaces(clear.count + 1) }
            let landmarks = try landmarks(in: photograph, box: box)
            let quality = limits.judge(photograph, landmarks: landmarks)
            guard quality.isGood else { throw EnrolmentError.poorQuality(quality.reasons) }
            return EnrolledFace(
                descriptor: try describe(photograph, landmarks: landmarks), box: box, quality: quality)
        } catch let error as EnrolmentError {
            throw error
        } catch let error as FaceError {
            throw .vision(error)
        } catch {
            throw .vision(.failed(stage: "enrolment", reason: "\(error)"))
        }
    }
}
