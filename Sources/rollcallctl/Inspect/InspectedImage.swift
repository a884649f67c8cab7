import Capture
import Faces
import Terminal

/// What the vision stages say of one image, or why it could not be read.
struct InspectedImage {
    let path: String
    var width: Int?
    var height: Int?
    var faces: [InspectedFace] = []
    var error: String?
}

/// One face of an image, after each stage.
struct InspectedFace {
    let box: FaceBox
    let landmarks: Landmarks
    let quality: FaceQuality
    /// Nil when the face cannot be described; `error` says why.
    var descriptor: Descriptor?
    var error: String?

    /// Why the server would not enrol it; empty when it would.
    var enrolmentReasons: [QualityReason] { QualityLimits.enrolment.reasons(for: quality) }
}

extension [InspectedImage] {
    /// What is missing among photographs that are all of one person: of the best face of each that could be enrolled.
    var missing: [EnrolmentAdvice] {
        let faces = compactMap(\.faces.first).filter { $0.enrolmentReasons.isEmpty && $0.descriptor != nil }
        return EnrolmentAdvice.missing(
            among: faces.compactMap(\.descriptor), views: faces.map { EnrolledView($0.quality) })
    }
}

extension FaceStages {
    /// Runs every stage on every face of a frame, whatever its quality: the terminal would stop at a bad one.
    func inspect(_ frame: Frame, path: String, options: RecognitionOptions) -> InspectedImage {
        var image = InspectedImage(path: path, width: frame.width, height: frame.height)
        do {
            for box in try detect(in: frame, minimumFace: options.minimumFace, region: nil) {
                let landmarks = try landmarks(in: frame, box: box)
                var face = InspectedFace(
                    box: box, landmarks: landmarks, quality: options.quality.judge(frame, landmarks: landmarks))
                do {
                    face.descriptor = try describe(frame, landmarks: landmarks)
                } catch {
                    face.error = error.description
                }
                image.faces.append(face)
            }
        } catch {
            image.error = error.description
        }
        return image
    }
}
