import Glibc

/// CPU time of the calling thread, in milliseconds.
func threadMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}

/// A quarter of the values is below the lower one, another above the upper one.
struct Quartiles: Encodable {
    var lower: Double
    var upper: Double

    init(_ values: [Double]) {
        let sorted = values.sorted()
        lower = sorted.isEmpty ? .nan : sorted[sorted.count / 4]
        upper = sorted.isEmpty ? .nan : sorted[sorted.count * 3 / 4]
    }
}

extension Row {
    /// Ours and the reference's, round by round.
    init(
        _ name: String, processor: String? = nil, ours: [Double], reference: [Double], unit: String
    ) {
        let ratios = zip(reference, ours).map { $0 / $1 }
        self.init(
            name: name, processor: processor, ours: median(ours), reference: median(reference),
            ratio: median(ratios), spread: Spread(reference: Quartiles(reference), ratio: Quartiles(ratios)),
            unit: unit,
            n: ours.count)
    }
}

/// Times `ours` and `reference` in turn, so that a machine whose speed drifts does not favour either.
func compare(
    _ name: String, processor: String? = nil, unit: String, rounds: Int, ours: () throws -> Void,
    reference: () throws -> Void
) rethrows -> Row {
    var times: (ours: [Double], reference: [Double]) = ([], [])
    for round in 0..<rounds + 2 {
        let start = threadMilliseconds()
        try ours()
        let middle = threadMilliseconds()
        try reference()
        let end = threadMilliseconds()
        // The first two rounds warm caches and buffers.
        guard round >= 2 else { continue }
        times.ours.append(middle - start)
        times.reference.append(end - middle)
    }
    return Row(name, processor: processor, ours: times.ours, reference: times.reference, unit: "ms, " + unit)
}

/// Times something that has no reference.
func measure(_ name: String, unit: String, rounds: Int, _ body: () throws -> Void) rethrows -> Row {
    var times: [Double] = []
    for round in 0..<rounds + 2 {
        let start = threadMilliseconds()
        try body()
        if round >= 2 { times.append(threadMilliseconds() - start) }
    }
    return Row(name: name, ours: median(times), unit: "ms, " + unit, n: rounds)
}
