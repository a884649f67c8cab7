import Configuration
import FoundationEssentials
import Identification

/// A calibration that is not the one built in, such as one that has not seen the people who are searched.
public enum CalibrationFile {
    /// Reads what `make calibrate` writes.
    public static func read(_ path: String) throws(EvaluationError) -> Calibration {
        guard NamedFile.problem(path) == nil, let bytes = FileManager.default.contents(atPath: path) else {
            let reason = NamedFile.problem(path) ?? "it cannot be read"
            throw .badCalibration(
                path: path, reason: "\(reason); correct --calibration, or make it: make calibrate DESCRIPTORS=FOLDER")
        }
        do {
            return try bytes.withUnsafeBytes { try Calibration($0) }
        } catch {
            throw .badCalibration(path: path, reason: "\(error)")
        }
    }
}
