import Capture
import Foundation
import TestSupport

@testable import Faces

/// OpenCV 4.6 called directly on the same luma, through its Python module in var/python.
struct OpenCV {
    /// One call of `detectMultiScale`.
    struct Search {
        var picture: String
        var frame: Frame
        var cascade: String
        var options = HaarDetector.Options()
        var least = 0
        var region: PixelRectangle?
    }

    private static let module = "\(Fixtures.package)/var/python"
    private static let script = "\(Fixtures.package)/Tests/FacesTests/Haar/detect_multi_scale.py"

    /// The faces of each search.
    static func detect(_ searches: [Search]) throws -> [[HaarDetector.Face]] {
        let folder = try TemporaryFolder()
        let work: [String: Any] = [
            "cascades": try Fixtures.cascades,
            "searches": try searches.enumerated().map { index, search in
                let region = search.region ?? whole(search.frame)
                return [
                    "image": try folder.write("\(index).luma", luma(search.frame)), "cascade": search.cascade,
                    "width": search.frame.width, "height": search.frame.height,
                    "factor": search.options.scaleFactor, "neighbours": search.options.neighbours,
                    "least": search.least, "region": [region.left, region.top, region.width, region.height],
                ] as [String: Any]
            },
        ]
        let answer = try run(JSONSerialization.data(withJSONObject: work), in: folder)
        return try JSONDecoder().decode([[[Int]]].self, from: answer).map { boxes in
            boxes.map {
                HaarDetector.Face(
                    rectangle: PixelRectangle(left: $0[0], top: $0[1], width: $0[2], height: $0[3]), neighbours: $0[4])
            }
        }
    }

    private static func run(_ work: Data, in folder: TemporaryFolder) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [script]
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": module]) { $1 }
        let input = try folder.write("work.json", Array(work))
        let output = URL(filePath: try folder.write("answer.json", ""))
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw FixtureError("\(script) failed; its message is above") }
        return try Data(contentsOf: output)
    }

    private static func whole(_ frame: Frame) -> PixelRectangle {
        PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height)
    }

    private static func luma(_ frame: Frame) -> [UInt8] {
        frame.withLuma { luma in
            (0..<frame.height).flatMap { row in
                luma[row * frame.lumaStride..<row * frame.lumaStride + frame.width]
            }
        }
    }
}
