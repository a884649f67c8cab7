import Capture
import Faces
import Glibc
import TestSupport

/// Which detector sees what.
struct Sightings {
    let trials: [(kind: DetectorKind, detector: FaceDetector)]

    /// What a door does to a face; its side in pixels as HOG frames it.
    private static let conditions: [(name: String, side: Double, change: @Sendable (Photograph) -> Picture)] = [
        ("upright, 150 pixels", 150, { $0.placed(side: 150) }),
        ("100 pixels", 100, { $0.placed(side: 100) }),
        ("85 pixels", 85, { $0.placed(side: 85) }),
        ("70 pixels", 70, { $0.placed(side: 70) }),
        ("55 pixels", 55, { $0.placed(side: 55) }),
        ("turned by 10 degrees", 150, { $0.placed(side: 150, angle: .pi / 18) }),
        ("turned by 20 degrees", 150, { $0.placed(side: 150, angle: .pi / 9) }),
        ("turned by 30 degrees", 150, { $0.placed(side: 150, angle: .pi / 6) }),
        ("dark: a fifth of the light, noise of 8", 150, { $0.placed(side: 150).brightened(0.2).noisy(8, seed: 1) }),
        ("dark, 100 pixels", 100, { $0.placed(side: 100).brightened(0.2).noisy(8, seed: 2) }),
        ("blurred over 7 pixels, twice", 150, { $0.placed(side: 150).blurred(3) }),
        ("mouth and chin covered", 150, { covered($0.placed(side: 150), side: 150) }),
        ("a third beyond the border", 150, { $0.placed(side: 150, canvas: (200, 480)).rightPart(150) }),
    ]

    private static func covered(_ picture: Picture, side: Double) -> Picture {
        var picture = picture
        let (x, y) = (picture.width / 2, picture.height / 2)
        let half = Int(side * 0.42)
        for row in y + Int(side * 0.12)..<y + Int(side * 0.6) {
            for column in x - half..<x + half {
                for (channel, value) in [150, 175, 190].enumerated() {
                    picture.pixels[(row * picture.width + column) * 3 + channel] = UInt8(value)
                }
            }
        }
        return picture
    }

    /// Share of faces seen, and boxes elsewhere for every hundred pictures, for each condition.
    func table(of photographs: [Photograph]) throws {
        let columns = heads { "\($0)" } + " | " + heads { "\($0), elsewhere" }
        print("| \(photographs.count) faces in 640x480 | \(columns) |")
        print("|---" + String(repeating: "|---:", count: trials.count * 2) + "|")
        for condition in Self.conditions {
            var seen = [Int](repeating: 0, count: trials.count)
            var elsewhere = seen
            for photograph in photographs {
                let picture = condition.change(photograph)
                let frame = try picture.frame()
                // The canvas that loses a part keeps the face's centre at this column.
                let column = picture.width == 150 ? 50 : picture.width / 2
                let middle = Point(x: Double(column), y: Double(picture.height / 2))
                for (index, trial) in trials.enumerated() {
                    let boxes = try trial.detector.detect(in: frame, minimumFace: 54, region: nil)
                    let right = boxes.filter { Self.shows($0, at: middle, side: condition.side) }
                    seen[index] += right.isEmpty ? 0 : 1
                    elsewhere[index] += boxes.count - min(1, right.count)
                }
            }
            let count = Double(photographs.count)
            print(
                "| \(condition.name) | "
                    + seen.map { percent(Double($0) / count) }.joined(separator: " | ") + " | "
                    + elsewhere.map { decimal(Double($0) * 100 / count, 1) }.joined(separator: " | ") + " |")
        }
    }

    /// Frames of streams of one person in which somebody is seen, and boxes beyond one.
    func row(ofStreams paths: [String]) throws {
        let frame = Frame()
        var frames = 0
        var seen = [Int](repeating: 0, count: trials.count)
        var more = seen
        for path in paths {
            let source = try Y4MStream(path: path, pace: .fullSpeed)
            while try source.next(into: frame) {
                frames += 1
                for (index, trial) in trials.enumerated() {
                    let boxes = try trial.detector.detect(in: frame, minimumFace: 54, region: nil)
                    seen[index] += min(1, boxes.count)
                    more[index] += max(0, boxes.count - 1)
                }
            }
        }
        guard frames > 0 else { return }
        print(
            "| \(paths.count) clips, \(frames) frames: somebody seen | "
                + seen.map { percent(Double($0) / Double(frames)) }.joined(separator: " | ") + " | "
                + more.map { decimal(Double($0) * 100 / Double(frames), 1) }.joined(separator: " | ") + " |")
    }

    private func heads(_ text: (DetectorKind) -> String) -> String {
        trials.map { text($0.kind) }.joined(separator: " | ")
    }

    /// The box's centre is in the middle half of the face, and its side half to twice the face's.
    private static func shows(_ box: FaceBox, at middle: Point, side: Double) -> Bool {
        let x = Double(box.left + box.right) / 2 - middle.x
        let y = Double(box.top + box.bottom) / 2 - middle.y
        let ratio = Double(box.width) / side
        return max(abs(x), abs(y)) < side / 4 && ratio > 0.5 && ratio < 2
    }
}

/// CPU time of one search.
struct DetectorTimes {
    let trials: [(kind: DetectorKind, detector: FaceDetector)]
    let rounds: Int

    func table(of photographs: ArraySlice<Photograph>) throws {
        print("\n| one search, ms of CPU | " + trials.map { "\($0.kind)" }.joined(separator: " | ") + " |")
        print("|---" + String(repeating: "|---:", count: trials.count) + "|")
        for (width, height) in [(640, 480), (1280, 720)] {
            for least in [80, 54] {
                let frames = try photographs.map {
                    try $0.placed(side: 150, canvas: (width, height)).noisy(6, seed: 3).frame()
                }
                var times = [[Double]](repeating: [], count: trials.count)
                for round in 0..<rounds + 2 {
                    for frame in frames {
                        for (index, trial) in trials.enumerated() {
                            let start = threadMilliseconds()
                            _ = try trial.detector.detect(in: frame, minimumFace: least, region: nil)
                            if round >= 2 { times[index].append(threadMilliseconds() - start) }
                        }
                    }
                }
                print(
                    "| \(width)x\(height), faces from \(least) pixels | "
                        + times.map { decimal(median($0), 2) }.joined(separator: " | ") + " |")
            }
        }
        print("")
    }
}

func percent(_ share: Double) -> String { decimal(share * 100, 1) + " %" }

/// A number from 0 on with so many digits behind the point.
func decimal(_ value: Double, _ digits: Int) -> String {
    let unit = Int(pow(10, Double(digits)))
    let whole = Int((value * Double(unit)).rounded())
    let fraction = String(whole % unit + unit).dropFirst()
    return "\(whole / unit)" + (digits > 0 ? ".\(fraction)" : "")
}

extension Picture {
    /// The last `columns` columns.
    fileprivate func rightPart(_ columns: Int) -> Picture {
        var part = Picture(width: columns, height: height, grey: 0)
        for row in 0..<height {
            let from = (row * width + width - columns) * 3
            part.pixels.replaceSubrange(
                row * columns * 3..<(row + 1) * columns * 3, with: pixels[from..<from + columns * 3])
        }
        return part
    }
}
