import Capture
import Faces
import TestSupport
import Testing

/// Our cascade gives OpenCV's rectangles, all of them and no other, in its order.
@Suite struct HaarParityTests {
    /// Stumps, trees, the two and a tree of stages; eyes, smiles and bodies for the tilted features.
    private static let cascades = [
        "frontalface_default", "frontalface_alt", "frontalface_alt2", "frontalface_alt_tree", "eye_tree_eyeglasses",
        "smile", "fullbody",
    ]

    private static func pictures() throws -> [(name: String, frame: Frame)] {
        try ParityTests.pictures.map { ($0.name, try $0.make().frame()) } + oddSizes()
    }

    private static func oddSizes() throws -> [(name: String, frame: Frame)] {
        try [(1, 1), (19, 20), (20, 20), (21, 33), (40, 41), (127, 63), (95, 164)].map { width, height in
            let picture = Picture(width: width, height: height, grey: 128).noisy(127, seed: UInt64(width))
            return ("noise of \(width)x\(height)", try picture.frame())
        }
    }

    private func compare(_ searches: [OpenCV.Search]) throws -> Int {
        let expected = try OpenCV.detect(searches)
        var detectors: [String: HaarDetector] = [:]
        var boxes = 0
        for (search, faces) in zip(searches, expected) {
            let key = "\(search.cascade) \(search.options)"
            let detector =
                try detectors[key]
                ?? HaarDetector(cascade: "\(Fixtures.cascades)/\(search.cascade)", options: search.options)
            detectors[key] = detector
            let ours = try detector.detect(in: search.frame, minimumSide: search.least, region: search.region)
            // Ungrouped there are thousands: what differs is enough to say.
            let isEqual = ours == faces
            #expect(isEqual, "\(search.picture), \(search.cascade): \(ours.count) boxes, \(faces.count) of OpenCV")
            boxes += faces.count
        }
        return boxes
    }

    @Test func everyCascadeOnEveryPicture() throws {
        var searches: [OpenCV.Search] = []
        for (name, frame) in try Self.pictures() {
            for cascade in Self.cascades {
                searches.append(
                    OpenCV.Search(
                        picture: name, frame: frame, cascade: "haarcascade_\(cascade).xml",
                        least: frame.width > 600 ? 60 : 0))
            }
        }
        #expect(try compare(searches) >= 60)
    }

    @Test func windowsBeforeTheyAreGrouped() throws {
        var options = HaarDetector.Options()
        options.neighbours = 0
        let searches = try Self.pictures().prefix(6).map { name, frame in
            OpenCV.Search(
                picture: name, frame: frame, cascade: "haarcascade_frontalface_alt2.xml", options: options, least: 40)
        }
        #expect(try compare(searches) >= 100)
    }

    @Test(arguments: [1.03, 1.2, 1.5, 2.0], [1, 6])
    func factorsAndNeighbours(factor: Double, neighbours: Int) throws {
        var options = HaarDetector.Options()
        options.scaleFactor = factor
        options.neighbours = neighbours
        let frame = try Picture(portrait: "astronaut.png").frame()
        let searches = [0, 31, 100, 4000].map { least in
            OpenCV.Search(
                picture: "least \(least)", frame: frame, cascade: "haarcascade_frontalface_default.xml",
                options: options, least: least)
        }
        _ = try compare(searches)
    }

    @Test func aRegionIsSearchedAsIfItWereTheFrame() throws {
        let frame = try Picture(portrait: "grace_hopper.jpg").frame()
        let regions = [(100, 20, 301, 299), (0, 0, 512, 340), (211, 60, 160, 333)].map {
            PixelRectangle(left: $0.0, top: $0.1, width: $0.2, height: $0.3)
        }
        let searches = regions.map {
            OpenCV.Search(
                picture: "\($0)", frame: frame, cascade: "haarcascade_frontalface_alt2.xml", least: 40, region: $0)
        }
        #expect(try compare(searches) >= 2)
    }

    @Test func aCascadeThatCannotBeUsedIsNamed() throws {
        let folder = try TemporaryFolder()
        let damaged = try folder.write("damaged.xml", "<opencv_storage>\n<cascade>\n<height>0</hight>")
        for path in [folder.file("missing.xml"), damaged, folder.file("")] {
            do {
                _ = try HaarDetector(cascade: path)
                Issue.record("\(path) was taken for a cascade")
            } catch {
                guard case .badCascade(path, let reason) = error else { throw error }
                #expect(path != damaged || reason.hasPrefix("line 3: "))
                #expect("\(error)".contains(path) && "\(error)".contains("opencv-data"))
            }
        }
    }
}
