import Faces
import Testing

struct TrackerTests {
    private func box(_ x: Int, _ y: Int = 100) -> FaceBox { FaceBox(left: x, top: y, right: x + 79, bottom: y + 79) }

    private func time(_ frame: Int) -> Duration { .milliseconds(66 * frame) }

    @Test func oneFaceIsOneTrackThroughShortMisses() {
        var tracker = FaceTracker()
        var ids = Set<UInt64>()
        for frame in 0..<60 where frame % 7 != 3 && frame % 7 != 4 {
            let update = tracker.update(boxes: [box(10 + 8 * frame)], time: time(frame))
            ids.formUnion(update.seen.map(\.id))
            #expect(update.ended.isEmpty)
        }
        #expect(ids.count == 1)
        #expect(tracker.tracks.first?.hits == 43)
    }

    @Test func aTrackEndsAfterItsPatience() {
        var tracker = FaceTracker()
        _ = tracker.update(boxes: [box(10)], time: time(0))
        let patient = tracker.update(boxes: [], time: .milliseconds(700))
        let impatient = tracker.update(boxes: [], time: .milliseconds(701))
        #expect(patient.ended.isEmpty && impatient.ended.count == 1)
        #expect(tracker.tracks.isEmpty)
    }

    @Test func aTrackFromBeforeAGapDoesNotTakeOverWhoStandsThereAfterIt() {
        var tracker = FaceTracker()
        let before = tracker.update(boxes: [box(10)], time: time(0)).seen.map(\.id)
        let after = tracker.update(boxes: [box(10)], time: .seconds(240))
        #expect(after.ended.map(\.id) == before && after.seen.map(\.id) != before)
    }

    /// A board that needs a second and a half for a frame still follows who stands there, and forgets who has gone.
    @Test func slowLooksMakeItMorePatient() {
        var tracker = FaceTracker()
        for look in 0..<3 { _ = tracker.update(boxes: [], time: .milliseconds(1500 * look)) }
        let begun = tracker.update(boxes: [box(10)], time: .milliseconds(4500)).seen.map(\.id)
        for look in [4, 6, 7, 9] {
            let update = tracker.update(boxes: [box(10 + 4 * look)], time: .milliseconds(1500 * look))
            #expect(update.seen.map(\.id) == begun && update.ended.isEmpty, "look \(look)")
        }
        #expect(tracker.update(boxes: [box(46)], time: .milliseconds(13_500 + 5001)).ended.map(\.id) == begun)
    }

    @Test func oneGapDoesNotMakeItPatient() {
        var tracker = FaceTracker()
        for look in 0..<20 { _ = tracker.update(boxes: [box(10)], time: time(look)) }
        let before = tracker.tracks.map(\.id)
        #expect(tracker.update(boxes: [box(10)], time: time(20) + .seconds(2)).ended.map(\.id) == before)
    }

    @Test func twoPeopleWhoPassStayTwo() {
        var tracker = FaceTracker()
        var first: [UInt64] = []
        for frame in 0..<50 {
            // One goes right at y 100, one goes left at y 170: their boxes overlap as they pass.
            let update = tracker.update(boxes: [box(10 * frame), box(500 - 10 * frame, 150)], time: time(frame))
            #expect(update.seen.count == 2)
            first.append(update.seen.first { $0.box.top == 100 }?.id ?? 0)
        }
        #expect(Set(first).count == 1)
        #expect(tracker.tracks.count == 2)
    }

    @Test func aSplitTrackGoesOnAsAnother() throws {
        var tracker = FaceTracker()
        let first = tracker.update(boxes: [box(10)], time: time(0))
        let id = try #require(first.seen.first?.id)
        let parts = tracker.split(id, time: time(1))
        let split = try #require(parts)
        #expect(split.ended.id == id && split.begun.id != id && split.begun.box == split.ended.box)
        let after = tracker.update(boxes: [box(12)], time: time(2))
        #expect(after.seen.map(\.id) == [split.begun.id])
        let again = tracker.split(id, time: time(3))
        #expect(again == nil)
        let ended = tracker.endAll()
        #expect(ended.count == 1 && tracker.tracks.isEmpty)
    }
}
