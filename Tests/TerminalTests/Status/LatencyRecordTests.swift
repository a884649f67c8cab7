import Testing

@testable import Terminal

@Suite("Latency record")
struct LatencyRecordTests {
    @Test func percentilesAreByNearestRank() {
        var record = LatencyRecord()
        #expect(record.percentile(0.5) == nil)
        for second in (1...100).shuffled() { record.add(.seconds(second)) }
        #expect(record.percentile(0.50) == 50_000_000)
        #expect(record.percentile(0.95) == 95_000_000)
        #expect(record.percentile(0.99) == 99_000_000)
        #expect(record.percentile(0) == 1_000_000 && record.percentile(1) == 100_000_000)
    }

    @Test func onlyTheLastCountForPercentilesAndAllForTheHistogram() {
        var record = LatencyRecord()
        for _ in 0..<10_000 { record.add(.seconds(100)) }
        for _ in 0..<LatencyRecord.kept { record.add(.milliseconds(250)) }
        #expect(record.percentile(0) == 250_000 && record.percentile(1) == 250_000)
        #expect(record.count == UInt64(10_000 + LatencyRecord.kept))
        #expect(record.buckets == [0, 0, UInt64(LatencyRecord.kept)] + Array(repeating: 0, count: 8) + [10_000])
        #expect(record.buckets.count == LatencyRecord.bounds.count + 1)
    }

    @Test func aBoundBelongsToItsBucket() {
        var record = LatencyRecord()
        for bound in LatencyRecord.bounds { record.add(.seconds(bound)) }
        record.add(.seconds(-1))
        #expect(record.buckets == [2] + Array(repeating: 1, count: 10) + [0])
        #expect(record.sum == 24_350_000)
    }
}
