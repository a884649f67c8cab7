import Testing

@testable import Faces

/// Straight edges that go where the face goes, told from those of the room.
@Suite struct HeldEdgesTests {
    /// Looks at a face that wanders by `way` cells before and behind a bright rectangle that wanders by `sheet` cells.
    private func held(way: Double, sheet: Double) throws -> HeldEdges {
        var held = HeldEdges()
        for look in 0..<16 {
            let share = Double(look % 8) / 7 - 0.5
            var luma = [UInt8](repeating: 90, count: 160 * 120)
            for y in 0..<120 {
                for x in 0..<160 where abs(Double(x) - 80 - sheet * share) < 24 && abs(y - 60) < 30 {
                    luma[y * 160 + x] = 180
                }
            }
            var frame = ReducedFrame()
            frame.reduce(try .init(luma: luma, width: 160, height: 120))
            held.add(frame, centre: (Float(80 + way * share), 60), width: 28, turn: (9, 0))
        }
        return held
    }

    @Test func theOutlineOfASheetStaysWithItsFace() throws {
        let sheet = try held(way: 30, sheet: 30)
        #expect(sheet.weight == 1)
        #expect(sheet.outline.frame > 0.9 && sheet.outline.corner > 0.9)
    }

    @Test func theRoomsOutlineDoesNotStayWithAFaceThatMoves() throws {
        let door = try held(way: 30, sheet: 0)
        #expect(door.weight == 1)
        #expect(door.outline.frame < 0.4 && door.outline.corner < 0.4)
    }

    @Test func aFaceThatStandsStillSaysNothing() throws {
        let door = try held(way: 0, sheet: 0)
        #expect(door.outline.frame > 0.9)
        #expect(door.weight == 0)
        #expect(HeldEdges().outline.frame == 0 && HeldEdges().weight == 0)
    }
}
