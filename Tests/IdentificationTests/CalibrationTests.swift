import CCalibration
import Foundation
import Testing

@testable import Identification

struct CalibrationTests {
    private let bytes: [UInt8] = {
        var size = 0
        let start = rc_calibration(&size)
        return Array(UnsafeBufferPointer(start: start, count: size))
    }()

    private func load(_ bytes: [UInt8]) throws(CalibrationError) -> Calibration {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        return try Calibration(UnsafeRawBufferPointer(copy))
    }

    @Test func theProgramsOneIsWhole() throws {
        let calibration = try load(bytes)
        #expect(calibration.people == 2337 && calibration.photographs == 5384)
        #expect(calibration.cohort.count == 400 * calibration.dimensions && calibration.classes.count == 3)
        #expect(Calibration.standard.classes == calibration.classes)
    }

    @Test func whatIsShortLongOrDamagedIsRefused() {
        #expect(throws: CalibrationError.damaged) { try load([]) }
        for length in stride(from: 8, to: bytes.count, by: 997) {
            #expect(throws: CalibrationError.damaged) { try load(Array(bytes.prefix(length))) }
        }
        #expect(throws: CalibrationError.damaged) { try load(bytes + [0]) }
        var other = bytes
        other[7] = UInt8(ascii: "0")
        #expect(throws: CalibrationError.notThisVersion) { try load(other) }
        other = bytes
        other[12] = 95
        #expect(throws: CalibrationError.notThisVersion) { try load(other) }
        other = bytes
        // The first number of the mean is no number, the last quantile less than the one before.
        other.replaceSubrange(32..<36, with: [0, 0, 0xc0, 0x7f])
        #expect(throws: CalibrationError.damaged) { try load(other) }
        other = bytes
        other.replaceSubrange(other.count - 4..<other.count, with: [0, 0, 0x80, 0xc3])
        #expect(throws: CalibrationError.damaged) { try load(other) }
    }

    @Test func theTailFallsAndGoesOnBeyondWhatWasSeen() throws {
        let tail = try #require(ScoreTail(scores: [0, 2, 6], logShares: [-4, -7, -9]))
        #expect(abs(log(tail.share(above: 1)) + 5.5) < 1e-9 && abs(log(tail.share(above: 4)) + 8) < 1e-9)
        #expect(abs(log(tail.share(above: 9)) + 12) < 1e-9, "by 1 a nat")
        #expect(abs(log(tail.share(above: -1)) + 2.5) < 1e-9 && tail.share(above: -9) == 1)
        #expect(ScoreTail(scores: [0, 0], logShares: [-1, -2]) == nil)
        #expect(ScoreTail(scores: [0, 1], logShares: [-1, -1]) == nil)
        #expect(ScoreTail(scores: [0], logShares: [-1]) == nil)
    }
}
