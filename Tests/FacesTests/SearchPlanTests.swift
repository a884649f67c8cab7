import Capture
import Faces
import Testing

struct SearchPlanTests {
    static let still = [Bool](repeating: false, count: MotionGate.columns * MotionGate.rows)

    /// Who is followed when these boxes were last seen at `time`.
    private func tracks(_ boxes: FaceBox..., at time: Duration = .zero) -> [FaceTrack] {
        var tracker = FaceTracker()
        return tracker.update(boxes: boxes, time: time).seen
    }

    private func box(_ left: Int, _ top: Int, side: Int = 100) -> FaceBox {
        FaceBox(left: left, top: top, right: left + side - 1, bottom: top + side - 1)
    }

    private func moving(_ cells: (column: Int, row: Int)...) -> [Bool] {
        var moving = Self.still
        for cell in cells { moving[cell.row * MotionGate.columns + cell.column] = true }
        return moving
    }

    private func next(
        _ plan: inout SearchPlan, _ tracks: [FaceTrack], moving: [Bool] = still, at milliseconds: Int
    ) -> FaceSearch {
        plan.next(tracks: tracks, moving: moving, width: 640, height: 480, time: .milliseconds(milliseconds))
    }

    @Test func whoIsFollowedIsLookedForWhereTheyAreAndTheWholeFrameNowAndThen() throws {
        var plan = SearchPlan()
        let tracks = tracks(box(300, 200))
        #expect(next(&plan, [], at: 0) == .everywhere)
        for time in [66, 132] {
            guard case .near(let regions) = next(&plan, tracks, at: time) else {
                Issue.record("at \(time) ms the whole frame is searched")
                continue
            }
            let region = try #require(regions.first)
            #expect(regions.count == 1 && region.minimumFace == 70)
            let rectangle = region.rectangle
            #expect(rectangle.left <= 250 && rectangle.left >= 100 && rectangle.top <= 150 && rectangle.top >= 50)
            #expect(rectangle.left + rectangle.width >= 450 && rectangle.top + rectangle.height >= 350)
        }
        #expect(next(&plan, tracks, at: 250) == .everywhere)
        let later = self.tracks(box(300, 200), at: .milliseconds(250))
        #expect(next(&plan, later, at: 316) != .everywhere)
    }

    @Test func withoutAnybodyEveryFrameIsSearchedWhole() {
        var plan = SearchPlan()
        for time in [0, 10, 20] { #expect(next(&plan, [], at: time) == .everywhere) }
    }

    @Test func motionOfSomebodyElseIsLookedAtAtOnce() {
        var plan = SearchPlan()
        let tracks = tracks(box(300, 100))
        _ = next(&plan, tracks, at: 0)
        // The body below the face, and the face itself.
        let own = moving((16, 8), (16, 20), (14, 23), (20, 15))
        #expect(next(&plan, tracks, moving: own, at: 66) != .everywhere)
        #expect(next(&plan, tracks, moving: moving((1, 10)), at: 70) != .everywhere, "one cell may be noise")
        #expect(next(&plan, tracks, moving: moving((1, 10), (1, 11)), at: 74) == .everywhere)
    }

    @Test func aMissedFaceIsLookedForFurtherAway() {
        var plan = SearchPlan()
        let tracks = tracks(box(300, 200))
        _ = next(&plan, tracks, at: 100)
        func width(_ search: FaceSearch) -> Int {
            if case .near(let regions) = search { regions[0].rectangle.width } else { 640 }
        }
        let soon = width(next(&plan, tracks, at: 120))
        let later = width(next(&plan, tracks, at: 290))
        #expect(soon < later && later < 640)
    }

    @Test func regionsThatOverlapAreSearchedOnceAndStayInTheFrame() throws {
        var plan = SearchPlan()
        let tracks = tracks(box(-20, 10), box(40, 15, side: 80), box(500, 350))
        _ = next(&plan, tracks, at: 0)
        guard case .near(let regions) = next(&plan, tracks, at: 66) else {
            Issue.record("the whole frame is searched")
            return
        }
        #expect(regions.count == 2)
        for region in regions {
            let rectangle = region.rectangle
            #expect(rectangle.left >= 0 && rectangle.top >= 0)
            #expect(rectangle.left + rectangle.width <= 640 && rectangle.top + rectangle.height <= 480)
        }
        #expect(regions.map(\.minimumFace).min() == 56)
    }

    @Test func manyFacesAreOneSearch() {
        var plan = SearchPlan()
        let tracks = tracks(box(0, 0), box(220, 0), box(440, 0), box(0, 250), box(220, 250), box(440, 250))
        _ = next(&plan, tracks, at: 0)
        #expect(next(&plan, tracks, at: 66) == .everywhere)
    }

    @Test func oneFaceFoundTwiceIsOneFace() {
        var better = box(10, 10)
        better.confidence = 1
        var second = box(300, 10)
        second.confidence = 0.5
        #expect(FaceBox.distinct([box(14, 12), second, better]) == [better, second])
        #expect(FaceBox.distinct([]).isEmpty)
    }
}
