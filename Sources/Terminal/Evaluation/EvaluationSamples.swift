import Faces

/// What a sample is when it is searched.
enum ProbeSample: Sendable {
    /// The quality is nil where there is no picture.
    case face(Descriptor, FaceQuality?)
    /// The terminal would not describe this face.
    case refused
    case notDetected
}

/// Faces that can be enrolled and searched, by their number.
protocol EvaluationSamples: AnyObject {
    /// The template that enrolment makes of a sample; nil when it refuses it.
    func template(_ sample: Int) -> Descriptor?
    /// What the terminal makes of a sample.
    func probe(_ sample: Int) -> ProbeSample
}

/// Descriptors that were made before: nothing is refused.
final class DescribedSamples: EvaluationSamples {
    private let descriptors: [Descriptor]

    init(_ set: DescriptorSet) { descriptors = set.descriptors }

    func template(_ sample: Int) -> Descriptor? { descriptors[sample] }
    func probe(_ sample: Int) -> ProbeSample { .face(descriptors[sample], nil) }
}
