import Faces

/// The measures of a photograph in one line, as they are kept beside its template: for people to read, and for the advice
/// on which photograph is missing.
enum MeasureLine {
    private static let yaw = "yaw"
    private static let mouthOpening = "mouth open"
    private static let mouthWidth = "mouth wide"
    private static let glasses = "glasses seen"

    /// The line.
    static func text(of quality: FaceQuality) -> String {
        func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
        let parts = [
            "eyes \(short(quality.interEyeDistance)) px apart", "brightness \(short(quality.brightness))",
            "sharpness \(short(quality.sharpness))", "\(yaw) \(short(quality.yaw))", "pitch \(short(quality.pitch))",
            "\(mouthOpening) \(short(quality.mouthOpening))", "\(mouthWidth) \(short(quality.mouthWidth))",
        ]
        return (parts + (quality.showsGlasses ? [glasses] : [])).joined(separator: ", ")
    }

    /// What the line tells of the face; nil for a line of a version that knew less.
    static func view(in text: String) -> EnrolledView? {
        let parts = text.split(separator: ", ").map(String.init)
        func number(_ name: String) -> Double? {
            parts.first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
        }
        guard let yaw = number(yaw), let opening = number(mouthOpening), let width = number(mouthWidth) else {
            return nil
        }
        return EnrolledView(
            yaw: yaw, mouthOpening: opening, mouthWidth: width, showsGlasses: parts.contains(glasses))
    }
}
