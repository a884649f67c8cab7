import Foundation
import TestSupport
import Testing

@testable import Attendance

@Suite struct UUIDv7Tests {
    /// The example of RFC 9562, appendix A.6.
    @Test func theExampleOfTheRFC() {
        let id = UUIDv7.make(milliseconds: 0x017F_22E2_79B0, a: 0xCC3, b: 0x18C4_DC0C_0C07_398F)
        #expect(id.uuidString == "017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
        #expect(UUIDv7.instant(of: id) == Instant(milliseconds: 1_645_557_742_000))
    }

    @Test func versionAndVariantAreSetAndTheMomentIsKept() {
        var random = SplitMix(seed: 51)
        for _ in 0..<2000 {
            let at = Instant(milliseconds: Int64.random(in: 0..<1 << 48, using: &random))
            let id = UUIDv7.make(at: at, using: &random)
            #expect(id.uuid.6 >> 4 == 7)
            #expect(id.uuid.8 >> 6 == 2)
            #expect(UUIDv7.instant(of: id) == at)
        }
        #expect(UUIDv7.instant(of: UUID()) == nil)
    }

    @Test func momentsThatDoNotFitAreMovedIntoTheRange() {
        var random = SplitMix(seed: 52)
        #expect(UUIDv7.instant(of: UUIDv7.make(at: Instant(milliseconds: .min), using: &random))?.milliseconds == 0)
        #expect(
            UUIDv7.instant(of: UUIDv7.make(at: Instant(milliseconds: .max), using: &random))?.milliseconds == 1 << 48
                - 1)
    }

    @Test func idsGrowWithinAMillisecondAndOverASmallStepBack() {
        var (random, generator) = (SplitMix(seed: 53), UUIDv7Generator())
        var last = ""
        for round in 0..<20_000 {
            let step = Int64.random(in: -4900..<4900, using: &random)
            let at = Instant(milliseconds: 1_788_253_200_000 + (round < 10_000 ? 0 : step))
            let id = generator.next(at: at, using: &random).uuidString
            #expect(id > last)
            last = id
        }
    }

    @Test func idsFollowAClockThatIsSet() {
        var (random, generator) = (SplitMix(seed: 54), UUIDv7Generator())
        for milliseconds in [4_000_000_000_000, 1_788_253_200_000, 0, 1_788_253_200_000] as [Int64] {
            let at = Instant(milliseconds: milliseconds)
            #expect(UUIDv7.instant(of: generator.next(at: at, using: &random)) == at)
        }
    }

    @Test func theEndOfTheRangeDoesNotTrap() {
        var (random, generator) = (SplitMix(seed: 55), UUIDv7Generator())
        let ids = (0..<10_000).map { _ in generator.next(at: Instant(milliseconds: .max), using: &random) }
        #expect(Set(ids).count == ids.count)
    }
}
