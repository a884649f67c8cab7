import TestSupport
import Testing

@testable import Attendance

/// Whatever the bytes are, the result is rules that answer, or a typed error.
@Suite struct HostileTZifTests {
    private func use(_ bytes: [UInt8]) -> Bool {
        do {
            let rules = try TimeZoneRules(name: "Test/Zone", tzif: bytes)
            for seconds in [Int64.min, -1 << 40, 0, 1_788_253_200, 1 << 40, .max] {
                let local = rules.local(of: seconds)
                #expect(abs(local.offset) <= 93_599)
                if let next = rules.nextTransition(after: seconds) { #expect(next > seconds) }
            }
            return true
        } catch {
            guard case .damagedTimeZone("Test/Zone", let byte, let reason) = error else {
                Issue.record("another error: \(error)")
                return false
            }
            #expect(0...max(bytes.count, TZifReader.maximumBytes) ~= byte)
            #expect(!reason.isEmpty)
            return false
        }
    }

    @Test(arguments: ["Europe/London", "Africa/Casablanca", "Pacific/Apia", "UTC"])
    func everyTruncationIsAnError(name: String) throws {
        let bytes = try Zones.bytes(name)
        #expect(use(bytes))
        for count in 0..<bytes.count { #expect(!use(Array(bytes.prefix(count))), "\(count) bytes") }
    }

    @Test(arguments: ["Europe/London", "Australia/Lord_Howe", "UTC"])
    func mutationsNeverCrash(name: String) throws {
        let original = try Zones.bytes(name)
        var random = SplitMix(seed: 11)
        var (readable, refused) = (0, 0)
        for _ in 0..<1500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random)!
                case 2: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
                case 3 where bytes.count > 1: bytes.remove(at: place)
                default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            if use(bytes) { readable += 1 } else { refused += 1 }
        }
        #expect(readable > 0 && refused > 0, "both outcomes must have been tried")
    }

    @Test func randomBytesAfterAHeader() {
        var random = SplitMix(seed: 12)
        for _ in 0..<1500 {
            var bytes = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            for _ in 0..<6 { bytes += [0, 0, 0, UInt8.random(in: 0...4, using: &random)] }
            let body = Int.random(in: 0..<200, using: &random)
            bytes += (0..<body).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            _ = use(bytes)
        }
    }

    @Test func countsOfGigabytesReserveNothing() {
        var bytes = TZif.plain.bytes
        for place in 20..<44 { bytes[place] = 0xFF }
        #expect(!use(bytes))
        #expect(!use([UInt8](repeating: 0, count: TZifReader.maximumBytes + 1)))
    }

    @Test func everyRuleOfTheFormatIsChecked() {
        func reason(_ change: (inout TZif) -> Void, bytes edit: (inout [UInt8]) -> Void = { _ in }) -> String {
            var file = TZif(version: 2, times: [1, 2], types: [(0, 0), (3600, 1)], indices: [1, 0], footer: "UTC0")
            change(&file)
            var bytes = file.bytes
            edit(&bytes)
            do {
                _ = try TZifReader.read(bytes)
                return "none"
            } catch {
                return error.reason
            }
        }
        #expect(reason { _ in } == "none")
        #expect(reason { $0.times = [2, 2] } == "transition times do not ascend")
        #expect(reason { $0.indices = [1, 2] } == "a transition to a type that is not there")
        #expect(reason { $0.types[0].offset = 93_600 } == "an offset of 93600 s from UTC")
        #expect(reason { $0.types[0].isDaylight = 2 } == "a daylight-saving indicator that is neither 0 nor 1")
        #expect(reason({ _ in }, bytes: { $0[0] = 0 }) == "no TZif header")
        #expect(reason({ _ in }, bytes: { $0[4] = UInt8(ascii: "5") }) == "the version is not one of 1 to 4")
        #expect(reason({ _ in }, bytes: { $0[4] = UInt8(ascii: "3") }) == "the two headers differ in their version")
        #expect(reason({ _ in }, bytes: { $0.removeLast() }) == "a footer without its end")
        // The second header begins at 51; its counts at 71: UT, standard, leap, times, types, characters.
        #expect(reason({ _ in }, bytes: { $0[74] = 1 }) == "a wrong count of UT indicators")
        #expect(reason({ _ in }, bytes: { $0[78] = 1 }) == "a wrong count of standard indicators")
        #expect(reason({ _ in }, bytes: { $0[82] = 1 }).hasPrefix("it counts leap seconds"))
        #expect(reason({ _ in }, bytes: { $0[90] = 0 }) == "no local time type")
        #expect(reason({ _ in }, bytes: { $0[94] = 0 }) == "no time zone designation")
        #expect(reason({ _ in }, bytes: { $0[86] = 200 }) == "the counts ask for more bytes than the file has")
    }

    /// Later versions of the format may append to the footer.
    @Test func bytesAfterTheFooterAreNotRead() {
        #expect(use(TZif.plain.bytes + [1, 2, 3]))
    }
}
